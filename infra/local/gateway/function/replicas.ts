import type { Pool } from 'undici';
import type { Deployment } from './deployment.ts';

/** A replica that answers one call, until it is given back. */
export interface LeasedReplica {
  /** As log lines and failed calls tell of it. */
  readonly name: string;
  /** Connections to it. */
  readonly pool: Pool;
  release(): void;
}

/** A process of a replica on this machine. */
export interface ReplicaProcess {
  name: string;
  state: 'starting' | 'ready' | 'leaving';
  pid: number;
}

/** The replicas of one function, whatever they are made of. */
export interface Replicas {
  /** How many are wanted. */
  readonly desired: number;
  /** How many are ready. */
  readonly available: number;
  /** Whether a call is being answered or waits. */
  readonly busy: boolean;
  /** Those of this machine, with those that are ending; none where replicas run elsewhere. */
  readonly processes: readonly ReplicaProcess[];
  /** Why the last start failed, until one succeeds. */
  readonly startError: string | undefined;
  /** Sets how many are wanted. Calls that wait are told when it is none. */
  scale(replicas: number): void;
  /**
   * Rolls out another deployment.
   *
   * @throws GatewayError 400 when it cannot be run: nothing changes then.
   */
  update(deployment: Deployment): void;
  /** A ready replica for one call, or undefined. */
  tryLease(): LeasedReplica | undefined;
  /** A replica for one call, after a wait for one to become ready. Who calls makes sure that one is wanted. */
  lease(signal: AbortSignal): Promise<LeasedReplica>;
  /** Uses a leased replica no more, since it refuses connections. */
  discard(replica: LeasedReplica): void;
  /** The function is removed. Resolves when nothing of it is left. */
  remove(): Promise<void>;
  /** The gateway ends. Resolves when no process and no connection of it is left on this machine. */
  close(): Promise<void>;
}

/** What replicas are made of. */
export interface ReplicaKind {
  /** As GET /system/info tells it. */
  orchestration: string;
  /** @throws GatewayError 400 when such a deployment cannot be run. */
  make(deployment: Deployment): Replicas;
}
