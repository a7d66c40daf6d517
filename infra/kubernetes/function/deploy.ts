import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { GatewayClient } from './gateway-client.ts';
import { deployedSpec, type FunctionSpec } from './spec.ts';

export interface Rollout {
  signal: AbortSignal;
  progress(line: string): void;
  /** Why the function's replicas are not all there and of the wanted kind; nothing when they are. */
  pending(): Promise<string | undefined>;
  /** Milliseconds that replicas may take. */
  patienceMs: number;
  /** Milliseconds between two looks. */
  everyMs: number;
}

/**
 * Deploys a function, or brings one to another spec, and waits until its replicas are there.
 * @throws Error when the gateway refuses it, openly or by leaving it as it was, or when replicas do not come in time.
 */
export async function deploy(client: GatewayClient, spec: FunctionSpec, rollout: Rollout): Promise<void> {
  const { service, namespace } = spec;
  // One that a failed update has left behind is taken over.
  const present = await client.status(service, namespace);
  await (present === undefined ? client.deploy(spec) : client.update(spec));
  await accepted(client, spec, rollout);
  await until(rollout, `function ${service} is not ready`, rollout.pending);
}

/** The gateway answers before its provider has acted. */
async function accepted(client: GatewayClient, spec: FunctionSpec, rollout: Rollout): Promise<void> {
  const patienceMs = Math.min(rollout.patienceMs, 20_000);
  await until(
    { ...rollout, patienceMs },
    `the gateway did not take function ${spec.service} as it is wanted`,
    async () => {
      const status = await client.status(spec.service, spec.namespace);
      if (status === undefined) return 'it has no such function';
      const deployed = deployedSpec(spec, status);
      const others = Object.keys(spec).filter(
        (key) => !isDeepStrictEqual(spec[key as keyof FunctionSpec], deployed[key as keyof FunctionSpec]),
      );
      return others.length === 0 ? undefined : `another ${others.join(', ')} stands there`;
    },
  );
}

/** Removes a function; one that is not there is as good as removed. */
export async function remove(client: GatewayClient, spec: FunctionSpec, rollout: Rollout): Promise<void> {
  const { service, namespace } = spec;
  if (!(await client.remove(service, namespace))) return;
  await until(rollout, `function ${service} is not gone`, rollout.pending);
}

async function until(
  { signal, progress, patienceMs, everyMs }: Rollout,
  late: string,
  why: () => Promise<string | undefined>,
): Promise<void> {
  const end = performance.now() + patienceMs;
  let told: string | undefined;
  while (true) {
    const reason = await why();
    if (reason === undefined) return;
    if (performance.now() > end) throw new Error(`${late} after ${patienceMs / 1000} s: ${reason}`);
    if (reason !== told) progress(reason);
    told = reason;
    await sleep(everyMs, undefined, { signal });
  }
}
