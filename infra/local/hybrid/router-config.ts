/** What the router is told; ports are of 127.0.0.1. */
export interface RouterConfig {
  /** Always on, in the order in which they are filled. */
  base: readonly { name: string; port: number }[];
  /** Requests that a server of the base may have at once, those that it works on and those that it lets wait. */
  inFlight: number;
  /** Whether the function takes what finds the base full; without it, that waits. */
  overflow: boolean;
  /** Where a function is called through a gateway. */
  function: { port: number; path: string };
  /** Prometheus' metrics are served here. */
  metricsPort: number;
  /** Paths of Unix sockets: HAProxy's runtime API, and its own way from the base to the function. */
  sockets: { api: string; overflow: string };
}

/** Where the router listens is told by its environment, HOST and PORT. */
export function routerConfig({ base, inFlight, overflow, metricsPort, sockets, ...config }: RouterConfig): string {
  const { port, path } = config.function;
  const servers = base.map(({ name, port }) => `  server ${name} 127.0.0.1:${port} maxconn ${inFlight}`);
  return `global
  stats socket ${sockets.api} mode 600 level admin
  hard-stop-after 60s

defaults
  mode http
  timeout connect 1s
  timeout http-request 30s
  timeout client 60s
  # The base is full and the function cannot be reached: longer than this, nobody waits.
  timeout queue 30s
  # A function at zero is started first.
  timeout server 150s
  # A request that a server refused goes to the next one; one that a server has begun is never sent twice.
  retries 3
  retry-on conn-failure
  option redispatch 1

frontend router
  bind "\${HOST}:\${PORT}"
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
  # One 5xx of it, and requests wait for the base until it is found well again.
  server overflow unix@${sockets.overflow} observe layer7 error-limit 1 on-error mark-down${overflow ? '' : ' disabled'}

frontend overflow
  bind unix@${sockets.overflow} mode 600
  default_backend function

backend function
  http-request set-path /healthz if { path /_/health }
  http-request set-path ${path}%[path] if !{ path /healthz }
  server gateway 127.0.0.1:${port}

frontend metrics
  bind 127.0.0.1:${metricsPort}
  http-request use-service prometheus-exporter if { path /metrics }
  http-request return status 404
`;
}
