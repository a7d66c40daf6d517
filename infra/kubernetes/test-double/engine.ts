import * as pulumi from '@pulumi/pulumi';
import type { MockMonitor } from '@pulumi/pulumi/runtime/mocks.js';

/** A resource as the program asked for it. */
export interface MadeResource {
  /** Pulumi's type, such as `kubernetes:apps/v1:Deployment`. */
  type: string;
  name: string;
  /** A secret one stands as Pulumi sends it, in an object with a signature. */
  inputs: Record<string, unknown>;
  urn: string;
  /** The URN of its parent. */
  parent: string;
  /** The provider that is told to make it, as its URN and id. */
  provider: string | undefined;
  /** URNs of what must be there before it. */
  dependencies: string[];
}

/** What a cluster, a registry or a script would add to the inputs of a resource. */
type State = (type: string, inputs: Record<string, unknown>) => Record<string, unknown>;

interface Registration {
  getParent(): string;
  getDependenciesList(): string[];
}
type Answer = (error: unknown, response: { getUrn(): string }) => void;

/**
 * A test double of Pulumi's engine, which makes nothing: each resource gets its inputs as its state, with what the
 * program reads of what would be added to them.
 */
export class EngineDouble {
  /** In the order in which they were asked for. */
  readonly resources: MadeResource[] = [];
  /** Functions of providers that the program has called. */
  readonly calls: string[] = [];

  /** Replaces the engine of this process, whose work must be done. */
  static start(stack = 'dev', stateOf: State = defaultState): Promise<EngineDouble> {
    return EngineDouble.#begin(stack, stateOf, false);
  }

  /**
   * As `start`, for the preview of a stack of which nothing is made yet: no resource has an id, and what would be added
   * to its inputs is not known, so that inputs of others that are made of that arrive as `pulumi.unknown`.
   */
  static preview(stack = 'dev'): Promise<EngineDouble> {
    return EngineDouble.#begin(stack, (_, inputs) => inputs, true);
  }

  static async #begin(stack: string, stateOf: State, isPreview: boolean): Promise<EngineDouble> {
    const engine = new EngineDouble();
    const newResource = ({ type, name, inputs, provider }: pulumi.runtime.MockResourceArgs) => {
      engine.resources.push({ type, name, inputs, provider, urn: '', parent: '', dependencies: [] });
      return { id: isPreview ? undefined : `${name}-id`, state: stateOf(type, inputs) };
    };
    const call = ({ token }: pulumi.runtime.MockCallArgs) => {
      engine.calls.push(token);
      return {};
    };
    await pulumi.runtime.setMocks({ newResource, call }, 'faceoff', stack, isPreview);
    engine.#readMore();
    return engine;
  }

  /** Waits until everything that was asked for is made. */
  async done(): Promise<this> {
    await pulumi.runtime.disconnect();
    return this;
  }

  /** Of a type that ends so. */
  all(type: string): MadeResource[] {
    return this.resources.filter((each) => each.type.endsWith(type));
  }

  /** Inputs of the one resource with a type that ends so, and a name. */
  // Whatever is looked for has a shape of its own.
  // biome-ignore lint/suspicious/noExplicitAny: inputs of any resource
  inputs(type: string, name: string): any {
    return this.all(type).find((each) => each.name === name)?.inputs;
  }

  /** Pulumi's mocks tell neither parents nor dependencies, so they are read from what is sent. */
  #readMore(): void {
    const monitor = pulumi.runtime.getMonitor() as unknown as MockMonitor;
    const register = monitor.registerResource.bind(monitor);
    monitor.registerResource = (request: Registration, answer: Answer) => {
      const registered = register(request, (error: unknown, response: { getUrn(): string }) => {
        if (made !== undefined && !error) made.urn = response.getUrn();
        answer(error, response);
      });
      // By now the resource has been asked for; the answer comes later.
      const made = this.resources.at(-1);
      if (made !== undefined) {
        made.parent = request.getParent();
        made.dependencies = request.getDependenciesList();
      }
      return registered;
    };
  }
}

function defaultState(type: string, inputs: Record<string, unknown>): Record<string, unknown> {
  if (type === 'kubernetes:core/v1:Service') {
    const spec = inputs['spec'] as { ports: object[] };
    const ports = spec.ports.map((port) => ({ ...port, nodePort: 30_000 }));
    return { ...inputs, spec: { ...spec, clusterIP: '127.0.0.2', ports } };
  }
  if (type === 'kubernetes:apps/v1:Deployment') {
    return { ...inputs, metadata: { ...(inputs['metadata'] as object), generation: 1 } };
  }
  if (type === 'docker:index/image:Image') return { ...inputs, repoDigest: 'sha256:0' };
  if (type.endsWith('Password')) return { ...inputs, password: 'a password' };
  if (type.endsWith('KnativeServing')) {
    return { ...inputs, ingressSelector: { app: '3scale-kourier-gateway' }, ingressPort: 8080 };
  }
  if (type.endsWith('KnativeService')) {
    return { ...inputs, revision: 'classifier-00001', host: 'classifier.faceoff-knative.example.com' };
  }
  if (type.endsWith('NgrokPublicUrl')) return { ...inputs, url: 'https://a.ngrok.app' };
  return inputs;
}
