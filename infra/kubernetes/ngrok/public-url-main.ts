import { z } from 'zod';
import { clusterOptionsSchema, connect, forward } from '../api/index.ts';
import { serveProvider } from '../provider/index.ts';
import { runningPod } from './running-pod.ts';
import { publicUrl } from './tunnels.ts';

const inputs = z.object({
  cluster: clusterOptionsSchema,
  namespace: z.string(),
  deployment: z.string(),
  revision: z.number(),
  port: z.number(),
});

async function read({ cluster, namespace, deployment, port }: z.infer<typeof inputs>, signal: AbortSignal) {
  const connected = connect(cluster);
  const pod = await runningPod(connected, { namespace, name: deployment });
  const agent = await forward(connected, { namespace, pod, port }, signal);
  try {
    return { url: await publicUrl(agent.url, { signal, patienceMs: 60_000, everyMs: 500 }) };
  } finally {
    await agent.close();
  }
}

await serveProvider({
  inputs,
  create: async (given, { signal }) => ({
    id: `${given.namespace}/${given.deployment}`,
    outs: await read(given, signal),
  }),
  update: async (_id, _state, given, { signal }) => read(given, signal),
});
