import { isDeepStrictEqual } from 'node:util';
import { until, type Waiting } from '../api/index.ts';
import type { GatewayClient } from './gateway-client.ts';
import type { FunctionSpec } from './spec.ts';

export interface Rollout extends Waiting {
  /** The function as it stands in the cluster. */
  deployed(): Promise<FunctionSpec | undefined>;
}

export interface Removal extends Waiting {
  /** Whether the gateway had it, and takes it away. */
  byGateway(): Promise<boolean>;
  /** Takes away what there is of it without the gateway. */
  byCluster(): Promise<void>;
}

/**
 * Deploys a function, or brings one to another spec, and waits until its replicas are there.
 * @throws Error when the gateway refuses it, openly or by leaving it as it was, or when replicas do not come in time.
 */
export async function deploy(client: GatewayClient, spec: FunctionSpec, rollout: Rollout): Promise<void> {
  const { service, namespace } = spec;
  // One that a failed update has left behind is taken over.
  const present = await client.has(service, namespace);
  await (present ? client.update(spec) : client.deploy(spec));
  await accepted(spec, rollout);
  await until(rollout, `function ${service} is not ready`);
}

/** The gateway answers before its provider has acted, and may answer so without acting. */
async function accepted(spec: FunctionSpec, rollout: Rollout): Promise<void> {
  const pending = async () => {
    const deployed = await rollout.deployed();
    if (deployed === undefined) return 'there is no such function';
    const keys = Object.keys(spec) as (keyof FunctionSpec)[];
    const others = keys.filter((key) => !isDeepStrictEqual(spec[key], deployed[key]));
    return others.length === 0 ? undefined : `another ${others.join(', ')} stands there`;
  };
  const patienceMs = Math.min(rollout.patienceMs, 20_000);
  await until({ ...rollout, pending, patienceMs }, `the gateway did not take function ${spec.service} as it is wanted`);
}

/** Removes a function that has something left in the cluster, and waits until nothing is. */
export async function remove({ service }: FunctionSpec, removal: Removal): Promise<void> {
  if ((await removal.pending()) === undefined) return;
  if (!(await removal.byGateway())) await removal.byCluster();
  await until(removal, `function ${service} is not gone`);
}
