/** What HAProxy is told as the router of a hybrid, wherever it runs. Addresses are as HAProxy writes them. */
export interface RouterConfig {
  /** Lines of the section `global`: what the process may have, and how it is told to change. */
  global: readonly string[];
  /** Connections of clients at most; as many as `global` allows, unless given. A request that overflows takes one more of those. */
  clients?: number;
  /** Always on, in the order in which they are filled: each by name, or as many as the cluster's DNS tells of one name. */
  base: readonly { name: string; address: string }[] | { address: string; most: number };
  /** Requests that a server of the base may have at once, those that it works on and those that it lets wait. */
  inFlight: number | Variable;
  /** `enabled`: the function takes what finds the base full; `disabled`: that waits. */
  overflow: 'enabled' | 'disabled' | Variable;
  /** Where a function is called: through a gateway by a path, or through an ingress by a name. */
  function: { address: string } & ({ path: string } | { host: string });
  /** Prometheus' metrics are served here, and whether the process lives. */
  metricsAddress: string;
  /** Path of a Unix socket: HAProxy's own way from the base to the function. */
  overflowSocket: string;
}

/** A variable of HAProxy's environment, and what holds where that is not set. */
export interface Variable {
  variable: string;
  otherwise: number | string;
}

/** The text of HAProxy's configuration. Where the router listens is told by its environment, HOST and PORT. */
export function routerConfig({
  global,
  clients,
  base,
  inFlight,
  overflow,
  overflowSocket,
  ...config
}: RouterConfig): string {
  const most = `maxconn ${word(inFlight)}`;
  const found = !('length' in base);
  const servers = found
    ? [`  server-template base- ${base.most} ${base.address} ${most} ${lookup}`]
    : base.map(({ name, address }) => `  server ${name} ${address} ${most}`);
  const way = `server way ${config.function.address}${found ? ` ${lookup}` : ''}`;
  return `global
${global.map((line) => `  ${line}`).join('\n')}

defaults
  mode http
  timeout connect 1s
  # What is alive and busy is not taken for dead.
  timeout check 2s
  timeout http-request 30s
  timeout client 60s
  # The base is full and the function cannot be reached: longer than this, nobody waits.
  timeout queue 30s
  # A function at zero is started first.
  timeout server 150s
  # A request that a server refused goes to the next one; one that a server has begun is never sent twice.
  retries ${retries}
  retry-on conn-failure
  option redispatch 1
  # A client that is kept when the router is told to end learns so by an answer, and not in the middle of a request.
  option idle-close-on-response
${found ? resolvers : ''}
frontend router
  bind "\${HOST}:\${PORT}"${clients === undefined ? '' : `\n  maxconn ${clients}`}
  monitor-uri /_/health
  monitor fail if { nbsrv(targets) lt 1 }
  default_backend targets

# The first server that has a place: those of the base in turn, and only when each is full the function.
backend targets
  balance first
  # A connection for each request: on one that was kept, a request may meet a server that has died meanwhile, and since
  # it was sent it would be lost. A new connection is refused, and what is refused goes to the next server.
  option http-server-close
  option httpchk GET /_/health
  default-server check inter 500ms fall 2 rise 1
  http-response set-header x-routed-to %[srv_name]
${servers.join('\n')}
  # So many 5xx in a row, and requests wait for the base until the next check finds the way well. One may be of a busy replica.
  server overflow unix@${overflowSocket} observe layer7 error-limit ${retries} on-error mark-down ${word(overflow)}

frontend overflow
  bind unix@${overflowSocket} mode 600
  use_backend way if { path /_/health }
  default_backend function

# Whether the way to the function is there. The function itself is not asked: that would wake it.
backend way
  # Tried again for seconds, a way that is gone would be found out late.
  retries 0
${wayRules(config.function)}
  ${way}

backend function
${callRules(config.function)}
  ${way}

frontend metrics
  bind ${config.metricsAddress}
  monitor-uri /_/health
  http-request use-service prometheus-exporter if { path /metrics }
  http-request return status 404
`;
}

/**
 * How many times a request is tried again, and how many failures of the function in a row close the overflow: as many, so
 * that a request that finds no way to it (as in a router that ends) closes it with its last try but one, and waits for the base.
 */
const retries = 3;

/** By the cluster's DNS, while the router runs: it starts also where a name leads nowhere yet. */
const lookup = 'resolvers cluster init-addr none';

const resolvers = `
resolvers cluster
  parse-resolv-conf
  # Else answers of more than 512 bytes, as for many servers, are not read.
  accepted_payload_size 8192
  timeout resolve 1s
  hold valid 1s
`;

type Called = RouterConfig['function'];

/** Of an ingress that does not know a name, every answer will do. */
function wayRules(called: Called): string {
  return 'path' in called
    ? '  http-request set-path /healthz'
    : '  http-request set-header host health.invalid\n  http-response set-status 200';
}

function callRules(called: Called): string {
  return 'path' in called
    ? `  http-request set-path ${called.path}%[path]`
    : `  http-request set-header host ${called.host}`;
}

function word(of: number | string | Variable): string {
  return typeof of === 'object' ? `"\${${of.variable}-${of.otherwise}}"` : String(of);
}
