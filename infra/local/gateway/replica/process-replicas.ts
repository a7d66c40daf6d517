import { randomBytes } from 'node:crypto';
import type { Deployment, ReplicaKind } from '../function/index.ts';
import { GatewayError } from '../gateway-error.ts';
import type { ReplicaLimits } from './limits.ts';
import type { Template } from './replica.ts';
import { ReplicaSet } from './replica-set.ts';

/** How an image is run here: as a command. */
export interface Image {
  command: readonly string[];
  env?: Readonly<Record<string, string>> | undefined;
}

export interface ProcessReplicasOptions {
  images: ReadonlyMap<string, Image>;
  /** Environment that every replica has. */
  env: NodeJS.ProcessEnv;
  limits: ReplicaLimits;
  onLog: (line: string) => void;
  /** Told whenever a replica's process came or went. */
  onProcesses: () => void;
}

/** Replicas that are processes of this machine. */
export function processReplicas({ images, env, ...options }: ProcessReplicasOptions): ReplicaKind {
  const suffix = randomBytes(2).toString('hex');
  const templateOf = ({ image, envVars }: Deployment): Template => {
    const known = images.get(image);
    if (known === undefined) {
      const names = [...images.keys()].join(', ') || 'none';
      throw new GatewayError(400, `image ${image} is not known to this gateway, which runs: ${names}`);
    }
    return { command: known.command, env: { ...env, ...known.env, ...envVars } };
  };
  return {
    orchestration: 'processes',
    make: (deployment) => new ReplicaSet(deployment, { templateOf, suffix, ...options }),
  };
}
