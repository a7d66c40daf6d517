import type { V1Pod } from '@kubernetes/client-node';
import { Pool } from 'undici';
import { isReady } from '../../../infra/kubernetes/api/index.ts';
import type { LeasedReplica } from '../../../infra/local/gateway/index.ts';
import { functionPort } from './manifests.ts';

/** A pod that answers, and the connections to it. */
class ReadyPod implements LeasedReplica {
  readonly name: string;
  readonly pool: Pool;
  inFlight = 0;

  constructor(name: string, address: string, timeoutMs: number) {
    this.name = name;
    this.pool = new Pool(`http://${address}:${functionPort}`, { headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
  }

  release(): void {
    this.inFlight -= 1;
  }
}

/** How long a pod that refused a connection is passed by, in milliseconds: its readiness tells more by then. */
const avoidMs = 2_000;

/** The pods of one function that calls go to. */
export class ReadyPods {
  readonly #timeoutMs: number;
  readonly #pods = new Map<string, ReadyPod>();
  readonly #avoided = new Map<LeasedReplica, number>();

  /** @param timeoutMs how long a pod may take to begin its answer, and may pause within it. */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  get count(): number {
    return this.#pods.size;
  }

  get busy(): boolean {
    return [...this.#pods.values()].some(({ inFlight }) => inFlight > 0);
  }

  /** Takes the pods that the function has now. Those that have left finish the calls that they have. */
  update(pods: readonly V1Pod[]): void {
    const ready = new Map(pods.filter(isReady).map((pod) => [pod.metadata?.uid ?? '', pod]));
    for (const [uid, pod] of this.#pods) {
      if (ready.has(uid)) continue;
      this.#pods.delete(uid);
      this.#avoided.delete(pod);
      void pod.pool.close();
    }
    for (const [uid, { metadata, status }] of ready) {
      if (status?.podIP === undefined || this.#pods.has(uid)) continue;
      this.#pods.set(uid, new ReadyPod(metadata?.name ?? uid, status.podIP, this.#timeoutMs));
    }
  }

  /** Any of them, as OpenFaaS has it; undefined when there is none. */
  tryLease(): LeasedReplica | undefined {
    const now = performance.now();
    const usable = [...this.#pods.values()].filter((pod) => (this.#avoided.get(pod) ?? 0) <= now);
    const pod = usable[Math.floor(Math.random() * usable.length)];
    if (pod !== undefined) pod.inFlight += 1;
    return pod;
  }

  /** Passes a pod by for a while. */
  avoid(pod: LeasedReplica): void {
    this.#avoided.set(pod, performance.now() + avoidMs);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pods.values()].map(({ pool }) => pool.close()));
  }
}
