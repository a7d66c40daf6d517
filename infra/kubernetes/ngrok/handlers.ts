import { z } from 'zod';
import {
  type Cluster,
  clusterOptionsSchema,
  connect,
  findDeployment,
  forward,
  nothingToForwardTo,
} from '../api/index.ts';
import type { Handlers } from '../provider/index.ts';
import { NoAgent } from './no-agent.ts';
import { runningPod } from './running-pod.ts';
import { publicUrl } from './tunnels.ts';

const inputs = z.object({
  cluster: clusterOptionsSchema,
  namespace: z.string(),
  deployment: z.string(),
  revision: z.number(),
  port: z.number(),
});
type Inputs = z.infer<typeof inputs>;

/** Milliseconds that an agent may take to get its URL: a new one, and one that should have it. */
const patience = { new: 60_000, running: 20_000 };

/** What a public URL does as a resource of Pulumi. */
export const publicUrlHandlers: Handlers<Inputs> = {
  inputs,
  create: async (given, { signal }) => ({
    id: `${given.namespace}/${given.deployment}`,
    outs: { url: await ask(connect(given.cluster), given, signal, patience.new) },
  }),
  read: async (_id, state, { signal, progress }) => {
    const cluster = connect(state.cluster);
    if ((await findDeployment(cluster, { ...state, name: state.deployment })) === undefined) return undefined;
    try {
      return { url: await ask(cluster, state, signal, patience.running) };
    } catch (error) {
      // An agent that is about to start again has no URL now; that the URL is gone for good is not known.
      if (!(error instanceof NoAgent || nothingToForwardTo(error))) throw error;
      progress(`${(error as Error).message.replace(/\.$/, '')}. ${state['url']} is kept until another one is told.`);
      return {};
    }
  },
  update: async (_id, _state, given, { signal }) => ({
    url: await ask(connect(given.cluster), given, signal, patience.new),
  }),
};

async function ask(
  cluster: Cluster,
  { namespace, deployment, port }: Inputs,
  signal: AbortSignal,
  patienceMs: number,
): Promise<string> {
  const pod = await runningPod(cluster, { namespace, name: deployment });
  const agent = await forward(cluster, { namespace, pod, port }, signal);
  try {
    return await publicUrl(agent.url, { signal, patienceMs, everyMs: 500 });
  } finally {
    await agent.close();
  }
}
