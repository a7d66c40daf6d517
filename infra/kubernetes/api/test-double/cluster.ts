import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/**
 * A test double: the part of the Kubernetes API that reads, watches and scales Deployments, over real HTTP. Pods are
 * there, ready or gone, as soon as a Deployment is scaled, or as the autoscaler of a revision of Knative that nobody asks
 * is told its bounds; an event tells a little later that a node has the image. Other variables of a container replace the
 * pods between the first and the second time that one asks.
 */
export class ClusterDouble {
  /** The content of a kubeconfig that leads here. */
  readonly kubeconfig: string;
  /** By namespace/name: how many replicas are wanted. */
  readonly replicas = new Map<string, number>();
  /** By namespace/name: the variables of its container. */
  readonly variables = new Map<string, Map<string, string>>();
  /** Of its one node. */
  nodeAddresses: { type: string; address: string }[] = [];
  /** Whether its kubelet may be asked. It counts anew at every other question: 1 CPU second, 100 bytes a container. */
  kubelet = false;
  /** Whether events may be read. */
  events = true;
  /**
   * Each change that was asked for, as `namespace/name replicas`, `namespace/name min-max` with Knative's kind before the
   * bounds, or `namespace/name VARIABLE=value`; after that `namespace/name replaced`, once it is told that its pods are.
   */
  readonly changes: string[] = [];
  readonly #server: ReturnType<typeof createServer>;
  readonly #watches = new Set<{ path: string; selector: string; response: ServerResponse }>();
  /** By Deployment: how often one has asked since its variables were changed. */
  readonly #looks = new Map<string, number>();
  #version = 1;
  #questions = 0;

  private constructor(server: ReturnType<typeof createServer>) {
    this.#server = server;
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.kubeconfig = kubeconfigOf(url);
  }

  /** Starts with these Deployments, each with one replica. */
  static async start(...deployments: string[]): Promise<ClusterDouble> {
    const server = createServer((request, response) => {
      cluster.#answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const cluster = new ClusterDouble(server);
    for (const each of deployments) cluster.replicas.set(each, 1);
    return cluster;
  }

  /** Scales as an autoscaler would. */
  scale(deployment: string, wanted: number): void {
    const before = this.#pods(deployment);
    this.replicas.set(deployment, wanted);
    this.#version += 1;
    const after = this.#pods(deployment);
    const [namespace = '', name = ''] = deployment.split('/');
    this.#tell(`/apis/apps/v1/namespaces/${namespace}/deployments`, name, 'MODIFIED', this.#deployment(deployment));
    const pods = `/api/v1/namespaces/${namespace}/pods`;
    for (const pod of after.slice(before.length)) {
      this.#tell(pods, name, 'ADDED', pod);
      if (this.events) setTimeout(() => this.#tellPulled(pod.metadata, name), 50);
    }
    for (const pod of before.slice(after.length)) this.#tell(pods, name, 'DELETED', pod);
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const selector = /=(.+)$/.exec(searchParams.get('labelSelector') ?? searchParams.get('fieldSelector') ?? '')?.[1];
    if (searchParams.get('watch') === 'true') {
      this.#watches.add({ path: pathname, selector: selector ?? '', response });
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      return;
    }
    const found =
      request.method === 'PATCH'
        ? this.#change(pathname, (await json(request)) as Patch)
        : this.#read(pathname, selector);
    const type = typeof found === 'string' ? 'text/plain' : 'application/json';
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': type });
    response.end(
      typeof found === 'string'
        ? found
        : JSON.stringify(found ?? { kind: 'Status', code: 404, message: `${pathname} not found` }),
    );
  }

  #read(path: string, selector: string | undefined): unknown {
    if (path === '/version') return { major: '1', minor: '34', gitVersion: 'v1.34.4' };
    if (path === '/api/v1/nodes') {
      return this.#list([{ ...node, status: { ...node.status, addresses: this.nodeAddresses } }]);
    }
    if (decodeURIComponent(path) === `/api/v1/nodes/${node.metadata.name}/proxy/metrics/resource`) {
      return this.kubelet ? this.#metrics() : undefined;
    }
    const [, namespace = '', kind = '', name = selector ?? ''] =
      /^\/apis?\/(?:apps\/)?v1\/namespaces\/([^/]+)\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
    if (kind === 'events') return this.events ? this.#list([]) : undefined;
    if (kind === 'pods' && name === '')
      return this.#list(this.#deploymentsIn(namespace).flatMap((each) => this.#pods(each)));
    const deployment = `${namespace}/${name}`;
    if (!this.replicas.has(deployment)) return undefined;
    if (kind === 'pods') return this.#list(this.#pods(deployment));
    return path.endsWith('/deployments')
      ? this.#list([this.#deployment(deployment)])
      : { ...this.#deployment(deployment), status: this.#status(deployment) };
  }

  #change(path: string, { spec = {}, metadata }: Patch): unknown {
    const [, namespace, plural, name] = /namespaces\/([^/]+)\/([^/]+)\/([^/]+)/.exec(path) ?? [];
    if (metadata?.annotations !== undefined) {
      const { [`${scaling}min-scale`]: min = '', [`${scaling}max-scale`]: max = '' } = metadata.annotations;
      this.changes.push(`${namespace}/${name} ${plural} ${min}-${max}`);
      if (plural === 'podautoscalers') this.scale(`${namespace}/${name}-deployment`, Number(min));
      return { metadata: { namespace, name } };
    }
    const container = spec.template?.spec.containers[0];
    if (container !== undefined) {
      this.#setVariables(`${namespace}/${name}`, container);
      return { metadata: { namespace, name } };
    }
    const { replicas, minReplicas, maxReplicas } = spec;
    this.changes.push(`${namespace}/${name} ${replicas ?? `${minReplicas}-${maxReplicas}`}`);
    if (replicas !== undefined) this.scale(`${namespace}/${name}`, replicas);
    return { metadata: { namespace, name }, spec };
  }

  /** As Kubernetes does, which puts new ones in front unless it is told an order. */
  #setVariables(deployment: string, { env, '$setElementOrder/env': order = env }: Container): void {
    const variables = this.variables.get(deployment) ?? new Map<string, string>();
    const names = new Set([...order.map(({ name }) => name), ...variables.keys()]);
    for (const { name, value = '' } of env) {
      variables.set(name, value);
      this.changes.push(`${deployment} ${name}=${value}`);
    }
    this.variables.set(deployment, new Map([...names].map((name) => [name, variables.get(name) ?? ''])));
    this.#looks.set(deployment, 0);
  }

  /** What a Deployment tells of its pods. */
  #status(deployment: string) {
    const replicas = this.replicas.get(deployment) ?? 0;
    const told = { observedGeneration: 1, replicas, availableReplicas: replicas };
    const looks = this.#looks.get(deployment);
    if (looks === 0) {
      this.#looks.set(deployment, 1);
      return { ...told, updatedReplicas: 0 };
    }
    if (looks === 1) this.changes.push(`${deployment} replaced`);
    this.#looks.delete(deployment);
    return { ...told, updatedReplicas: replicas };
  }

  #deploymentsIn(namespace: string): string[] {
    return [...this.replicas.keys()].filter((each) => each.startsWith(`${namespace}/`));
  }

  #metrics(): string {
    this.#questions += 1;
    const count = Math.floor(this.#questions / 2);
    const pods = [...this.replicas.keys()].flatMap((each) => this.#pods(each));
    const lines = pods.flatMap(({ metadata: { namespace, name }, spec: { containers } }) => {
      const labels = `container="${containers[0]?.name}",namespace="${namespace}",pod="${name}"`;
      return [
        `container_cpu_usage_seconds_total{${labels}} ${count} ${1000 * count}`,
        `container_memory_working_set_bytes{${labels}} 100 ${1000 * count}`,
      ];
    });
    return `${lines.join('\n')}\n`;
  }

  #tell(path: string, selector: string, type: string, object: unknown): void {
    for (const watch of this.#watches) {
      if (watch.path === path && watch.selector === selector)
        watch.response.write(`${JSON.stringify({ type, object })}\n`);
    }
  }

  #tellPulled(
    { namespace, name }: { namespace: string | undefined; name: string | undefined },
    container: string,
  ): void {
    const involvedObject = { kind: 'Pod', name, fieldPath: `spec.containers{${container}}` };
    const event = { metadata: this.#metadata(namespace, `${name}.pulled`), reason: 'Pulled', involvedObject };
    this.#tell(`/api/v1/namespaces/${namespace}/events`, 'Pod,reason=Pulled', 'ADDED', event);
  }

  #list(items: unknown[]): unknown {
    return { kind: 'List', metadata: { resourceVersion: String(this.#version) }, items };
  }

  #metadata(namespace: string | undefined, name: string | undefined) {
    return { namespace, name, resourceVersion: String(this.#version) };
  }

  #deployment(deployment: string) {
    const [namespace, name] = deployment.split('/');
    const limits = { cpu: '500m', memory: '512Mi' };
    const env = [...(this.variables.get(deployment) ?? [])].map(([variable, value]) => ({ name: variable, value }));
    const containers = [{ name: 'classifier', image: 'classifier:1', env, resources: { limits } }];
    return {
      metadata: this.#metadata(namespace, name),
      spec: {
        replicas: this.replicas.get(deployment),
        selector: { matchLabels: { app: name } },
        template: { spec: { containers } },
      },
    };
  }

  #pods(deployment: string) {
    const [namespace, name] = deployment.split('/');
    return Array.from({ length: this.replicas.get(deployment) ?? 0 }, (_, index) => ({
      metadata: this.#metadata(namespace, `${name}-${index}`),
      spec: {
        nodeName: node.metadata.name,
        containers: [{ name, resources: { requests: { cpu: '250m', memory: '64Mi' } } }],
      },
      status: {
        phase: 'Running',
        conditions: [
          { type: 'PodScheduled', status: 'True' },
          { type: 'Ready', status: 'True' },
        ],
        containerStatuses: [{ name: 'classifier', imageID: `classifier@sha256:${'ab'.repeat(32)}` }],
      },
    }));
  }
}

interface Variable {
  name: string;
  value?: string;
}

interface Container {
  env: Variable[];
  '$setElementOrder/env'?: { name: string }[];
}

interface Patch {
  spec?: {
    replicas?: number;
    minReplicas?: number;
    maxReplicas?: number;
    template?: { spec: { containers: Container[] } };
  };
  metadata?: { annotations?: Record<string, string> };
}

const scaling = 'autoscaling.knative.dev/';

const node = {
  metadata: { name: 'node-1' },
  status: {
    capacity: { cpu: '2', memory: '8148068Ki' },
    nodeInfo: { osImage: 'Double Linux', containerRuntimeVersion: 'containerd://2.1.4' },
  },
};

/** The content of a kubeconfig that leads to a double of the API. */
export function kubeconfigOf(url: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'double',
    clusters: [{ name: 'double', cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'double', user: {} }],
    contexts: [{ name: 'double', context: { cluster: 'double', user: 'double' } }],
  });
}
