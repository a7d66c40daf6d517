import { setTimeout as sleep } from 'node:timers/promises';
import { ApiException, AppsV1Api, CoreV1Api, type V1Deployment } from '@kubernetes/client-node';
import { type Cluster, readDeployment } from '../../../infra/kubernetes/api/index.ts';
import type { Deployment } from '../../../infra/local/gateway/index.ts';
import type { PodSettings } from './config.ts';
import { deploymentOf, serviceOf } from './manifests.ts';

/** Writes and removes the objects of functions. What concerns one name happens in order, one after the other. */
export class FunctionObjects {
  readonly #cluster: Cluster;
  readonly #namespace: string;
  readonly #settings: PodSettings;
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(cluster: Cluster, namespace: string, settings: PodSettings) {
    this.#cluster = cluster;
    this.#namespace = namespace;
    this.#settings = settings;
  }

  /** Does something once all that was begun for this name before is over, however it ended. */
  inOrder<T>(name: string, job: () => Promise<T>): Promise<T> {
    const done = (this.#last.get(name) ?? Promise.resolve()).then(job);
    this.#last.set(
      name,
      done.catch(() => undefined),
    );
    return done;
  }

  /** Creates the Deployment and the Service, or brings those that are there to what is asked for. */
  async write(asked: Deployment, replicas: number): Promise<V1Deployment> {
    const { name } = asked;
    const namespace = this.#namespace;
    const body = deploymentOf(asked, replicas, this.#settings);
    const apps = this.#cluster.makeApiClient(AppsV1Api);
    const there = await orMissing(apps.replaceNamespacedDeployment({ namespace, name, body }));
    if (there !== undefined) return there;
    await this.#cluster.makeApiClient(CoreV1Api).createNamespacedService({ namespace, body: serviceOf(asked) });
    return apps.createNamespacedDeployment({ namespace, body });
  }

  /** Resolves when no pod, no Deployment and no Service of the function is left. */
  async remove(name: string): Promise<void> {
    const of = { namespace: this.#namespace, name };
    await orMissing(this.#cluster.makeApiClient(CoreV1Api).deleteNamespacedService(of));
    // In the foreground: the Deployment goes after its last pod.
    const propagationPolicy = 'Foreground';
    await orMissing(this.#cluster.makeApiClient(AppsV1Api).deleteNamespacedDeployment({ ...of, propagationPolicy }));
    while ((await orMissing(readDeployment(this.#cluster, of))) !== undefined) await sleep(200);
  }
}

/** What was asked for, or undefined when the cluster has no such object. */
async function orMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return undefined;
    throw error;
  }
}
