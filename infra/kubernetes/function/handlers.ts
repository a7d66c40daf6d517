import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { clusterOptionsSchema, connect, scaleDeployment } from '../api/index.ts';
import type { Context, Handlers } from '../provider/index.ts';
import { deploy, remove } from './deploy.ts';
import { readDeployed } from './deployed.ts';
import { deleteObjects } from './objects.ts';
import { whyNotGone, whyNotRolledOut } from './rollout.ts';
import { functionSpec } from './spec.ts';
import { NoGateway, withGateway } from './with-gateway.ts';

const inputs = z.object({
  cluster: clusterOptionsSchema,
  gateway: z.object({ namespace: z.string(), service: z.string(), port: z.number() }),
  password: z.string(),
  function: functionSpec,
  /** Whether no replica is left once it was deployed. */
  idle: z.boolean().optional(),
});
type Inputs = z.infer<typeof inputs>;

const timing = { patienceMs: 300_000, everyMs: 500 };

async function put(given: Inputs, { signal, progress }: Context): Promise<void> {
  const { service: name, namespace } = given.function;
  const cluster = connect(given.cluster);
  await withGateway(cluster, given, signal, (client) =>
    deploy(client, given.function, {
      ...timing,
      signal,
      progress: (line) => progress(`function ${name}: ${line}`),
      deployed: () => readDeployed(cluster, given.function),
      pending: () => whyNotRolledOut(cluster, { namespace, name }),
    }),
  );
  if (given.idle) await scaleDeployment(cluster, { namespace, name }, 0);
}

/** What a function of OpenFaaS does as a resource of Pulumi. */
export const functionHandlers: Handlers<Inputs> = {
  inputs,
  create: async (given, context) => {
    await put(given, context);
    return { id: `${given.function.namespace}/${given.function.service}`, outs: {} };
  },
  read: async (_id, state) => {
    const deployed = await readDeployed(connect(state.cluster), state.function);
    return deployed && { function: deployed };
  },
  update: async (_id, _state, given, context) => {
    await put(given, context);
    return {};
  },
  delete: async (_id, state, { signal, progress }) => {
    const { service: name, namespace } = state.function;
    const cluster = connect(state.cluster);
    await remove(state.function, {
      ...timing,
      signal,
      progress,
      pending: () => whyNotGone(cluster, { namespace, name }),
      byGateway: () =>
        withGateway(cluster, state, signal, (client) => client.remove(name, namespace)).catch((error: unknown) => {
          if (error instanceof NoGateway) return false;
          throw error;
        }),
      byCluster: () => deleteObjects(cluster, { namespace, name }),
    });
    // A Service outlives a Deployment that somebody else has deleted.
    await deleteObjects(cluster, { namespace, name });
  },
  diff: (_id, state, given) => {
    const renamed =
      state.function.service !== given.function.service || state.function.namespace !== given.function.namespace;
    const changes = (Object.keys(given) as (keyof Inputs)[]).some((key) => !isDeepStrictEqual(state[key], given[key]));
    return { changes, replaces: renamed ? ['function'] : [], deleteBeforeReplace: true };
  },
};
