import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type Cluster, clusterOptionsSchema, connect, forward } from '../api/index.ts';
import { type Context, serveProvider } from '../provider/index.ts';
import { deploy, type Rollout, remove } from './deploy.ts';
import { GatewayClient } from './gateway-client.ts';
import { whyNotGone, whyNotRolledOut } from './rollout.ts';
import { deployedSpec, functionSpec } from './spec.ts';

const inputs = z.object({
  cluster: clusterOptionsSchema,
  gateway: z.object({ namespace: z.string(), service: z.string(), port: z.number() }),
  password: z.string(),
  function: functionSpec,
});
type Inputs = z.infer<typeof inputs>;

const timing = { patienceMs: 300_000, everyMs: 500 };

/** Through a port-forward, so that it works from any machine with a kubeconfig. */
async function withGateway<T>(
  { cluster, gateway, password }: Inputs,
  signal: AbortSignal,
  use: (client: GatewayClient, connected: Cluster) => Promise<T>,
): Promise<T> {
  const connected = connect(cluster);
  const way = await forward(connected, gateway, signal);
  try {
    return await use(new GatewayClient({ url: way.url, password, signal }), connected);
  } finally {
    await way.close();
  }
}

function put(given: Inputs, { signal, progress }: Context): Promise<void> {
  const { service: name, namespace } = given.function;
  return withGateway(given, signal, (client, cluster) => {
    const rollout: Rollout = {
      ...timing,
      signal,
      progress: (line) => progress(`function ${name}: ${line}`),
      pending: () => whyNotRolledOut(cluster, { namespace, name }),
    };
    return deploy(client, given.function, rollout);
  });
}

await serveProvider({
  inputs,
  create: async (given, context) => {
    await put(given, context);
    return { id: `${given.function.namespace}/${given.function.service}`, outs: {} };
  },
  read: (_id, state, { signal }) =>
    withGateway(state, signal, async (client) => {
      const status = await client.status(state.function.service, state.function.namespace);
      return status && { function: deployedSpec(state.function, status) };
    }),
  update: async (_id, _state, given, context) => {
    await put(given, context);
    return {};
  },
  delete: async (_id, state, { signal, progress }) => {
    const { service: name, namespace } = state.function;
    const cluster = connect(state.cluster);
    const pending = () => whyNotGone(cluster, { namespace, name });
    // What is gone needs no gateway, which may be gone too.
    if ((await pending()) === undefined) return;
    await withGateway(state, signal, (client) =>
      remove(client, state.function, { ...timing, signal, progress, pending }),
    );
  },
  diff: (_id, state, given) => {
    const renamed =
      state.function.service !== given.function.service || state.function.namespace !== given.function.namespace;
    const changes = (Object.keys(given) as (keyof Inputs)[]).some((key) => !isDeepStrictEqual(state[key], given[key]));
    return { changes, replaces: renamed ? ['function'] : [], deleteBeforeReplace: true };
  },
});
