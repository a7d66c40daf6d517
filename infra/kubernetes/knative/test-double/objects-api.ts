import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { KubernetesObject } from '@kubernetes/client-node';
import { kubeconfigOf } from '../../api/test-double/cluster.ts';

/** An object with what the cluster would tell of it. */
type Held = KubernetesObject & Record<string, unknown>;

interface Kind {
  /** As in a path: `api/v1`, `apis/apps/v1`. */
  group: string;
  plural: string;
  kind: string;
  namespaced: boolean;
}

const kinds: Kind[] = [
  { group: 'api/v1', plural: 'namespaces', kind: 'Namespace', namespaced: false },
  { group: 'api/v1', plural: 'configmaps', kind: 'ConfigMap', namespaced: true },
  { group: 'api/v1', plural: 'services', kind: 'Service', namespaced: true },
  { group: 'apis/apps/v1', plural: 'deployments', kind: 'Deployment', namespaced: true },
  {
    group: 'apis/apiextensions.k8s.io/v1',
    plural: 'customresourcedefinitions',
    kind: 'CustomResourceDefinition',
    namespaced: false,
  },
  { group: 'apis/serving.knative.dev/v1', plural: 'services', kind: 'Service', namespaced: true },
  { group: 'apis/serving.knative.dev/v1', plural: 'revisions', kind: 'Revision', namespaced: true },
  {
    group: 'apis/autoscaling.internal.knative.dev/v1alpha1',
    plural: 'podautoscalers',
    kind: 'PodAutoscaler',
    namespaced: true,
  },
];

/**
 * A test double: the part of the Kubernetes API that applies, reads and deletes objects of a few kinds, over real HTTP.
 * Nothing acts on objects: what they tell is what the test says.
 */
export class ObjectsApiDouble {
  /** The content of a kubeconfig that leads here. */
  readonly kubeconfig: string;
  /** By path. */
  readonly objects = new Map<string, Held>();
  /** Each change, as `PATCH ConfigMap a` or `DELETE …`. */
  readonly changes: string[] = [];
  /** What the cluster tells of an object that was applied. */
  statusOf: (object: Held) => unknown = ({ kind }) => ({
    conditions: ['Available', 'Established', 'Ready'].map((type) => ({ type, status: 'True' })),
    ...(kind === 'Service' && {
      url: 'http://f.example.com',
      latestCreatedRevisionName: 'f-1',
      latestReadyRevisionName: 'f-1',
    }),
  });
  /** Answers an application by this instead, where it returns something. */
  refuse: (object: Held) => { code: number; message: string } | undefined = () => undefined;
  /** Of every namespace. */
  pods: object[] = [];
  readonly #server: ReturnType<typeof createServer>;

  private constructor(server: ReturnType<typeof createServer>) {
    this.#server = server;
    this.kubeconfig = kubeconfigOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  static async start(): Promise<ObjectsApiDouble> {
    const server = createServer((request, response) => {
      api.#answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const api = new ObjectsApiDouble(server);
    return api;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** Of a kind and a name. */
  find(kind: string, name: string): Held | undefined {
    return [...this.objects.values()].find((object) => object.kind === kind && object.metadata?.name === name);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const { code = 200, body } = await this.#found(request, pathname);
    response.writeHead(code, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? { kind: 'Status', message: `${pathname} not found` }));
  }

  async #found(request: IncomingMessage, path: string): Promise<{ code?: number; body?: unknown }> {
    const known = kinds.filter(({ group }) => path === `/${group}`);
    if (known.length > 0) {
      const resources = known.map(({ plural: name, kind, namespaced }) => ({ name, kind, namespaced }));
      return { body: { kind: 'APIResourceList', groupVersion: path, resources } };
    }
    if (path.endsWith('/pods')) return { body: { kind: 'PodList', items: this.pods } };
    if (!kinds.some(({ group, plural }) => path.startsWith(`/${group}/`) && path.includes(`/${plural}/`))) {
      return { code: 404 };
    }
    const held = this.objects.get(path);
    if (request.method === 'PATCH') {
      const sent = (await json(request)) as Held;
      const object: Held = { ...held, ...sent, metadata: { ...held?.metadata, ...sent.metadata } };
      const refusal = this.refuse(object);
      if (refusal !== undefined) return { code: refusal.code, body: { kind: 'Status', message: refusal.message } };
      this.changes.push(`PATCH ${object.kind} ${object.metadata?.name}`);
      this.objects.set(path, { ...object, status: this.statusOf(object) });
      return { body: this.objects.get(path) };
    }
    if (held === undefined) return { code: 404 };
    if (request.method === 'DELETE') {
      this.changes.push(`DELETE ${held.kind} ${held.metadata?.name}`);
      this.objects.delete(path);
    }
    return { body: held };
  }
}
