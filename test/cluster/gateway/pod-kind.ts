import { AppsV1Api, CoreV1Api, type V1Deployment, type V1Pod } from '@kubernetes/client-node';
import { type Cluster, type Followed, follow } from '../../../infra/kubernetes/api/index.ts';
import type { Deployment, ReplicaKind, ReplicaLimits } from '../../../infra/local/gateway/index.ts';
import type { PodSettings } from './config.ts';
import { askedFor, functionLabel } from './manifests.ts';
import { FunctionObjects } from './objects.ts';
import { PodReplicas } from './pod-replicas.ts';

export interface PodKindOptions {
  cluster: Cluster;
  namespace: string;
  pods: PodSettings;
  limits: ReplicaLimits;
  onLog: (line: string) => void;
  /** Told when somebody else has deleted a function's Deployment. */
  onGone: (name: string) => void;
}

/** Replicas that are pods. */
export class PodKind implements ReplicaKind {
  readonly orchestration = 'kubernetes';
  readonly #options: PodKindOptions;
  readonly #objects: FunctionObjects;
  readonly #live = new Map<string, PodReplicas>();
  /** Deployments of an earlier gateway that nobody has taken over yet. */
  readonly #found = new Map<string, V1Deployment>();
  #deployments: Followed<V1Deployment> | undefined;
  #pods: Followed<V1Pod> | undefined;

  constructor(options: PodKindOptions) {
    this.#options = options;
    this.#objects = new FunctionObjects(options.cluster, options.namespace, options.pods);
  }

  /** Begins to follow the cluster. Resolves with the functions of an earlier gateway, which are to be adopted. */
  async start(): Promise<Deployment[]> {
    const { cluster, namespace } = this.#options;
    const onChange = (): void => this.#observe();
    const labelSelector = functionLabel;
    this.#deployments = await follow(cluster, {
      path: `/apis/apps/v1/namespaces/${namespace}/deployments`,
      labelSelector,
      read: () => cluster.makeApiClient(AppsV1Api).listNamespacedDeployment({ namespace, labelSelector }),
      onChange,
    });
    this.#pods = await follow(cluster, {
      path: `/api/v1/namespaces/${namespace}/pods`,
      labelSelector,
      read: () => cluster.makeApiClient(CoreV1Api).listNamespacedPod({ namespace, labelSelector }),
      onChange,
    });
    return this.#deployments.list().flatMap((deployment) => {
      const asked = deployment.metadata?.deletionTimestamp === undefined ? askedFor(deployment) : undefined;
      if (asked !== undefined) this.#found.set(asked.name, deployment);
      return asked ?? [];
    });
  }

  make(asked: Deployment): PodReplicas {
    const { limits, onLog, onGone } = this.#options;
    const { name } = asked;
    const options = { objects: this.#objects, limits, onLog, onGone: () => onGone(name) };
    const replicas = new PodReplicas(asked, options, this.#found.get(name));
    this.#found.delete(name);
    this.#live.set(name, replicas);
    this.#observe();
    return replicas;
  }

  /** Follows the cluster no longer. */
  async stop(): Promise<void> {
    await Promise.all([this.#deployments?.stop(), this.#pods?.stop()]);
  }

  #observe(): void {
    const isOf = (name: string) => (object: V1Deployment | V1Pod) => object.metadata?.labels?.[functionLabel] === name;
    for (const [name, replicas] of this.#live) {
      const pods = this.#pods?.list().filter(isOf(name)) ?? [];
      replicas.observe(this.#deployments?.list().find(isOf(name)), pods);
    }
  }
}
