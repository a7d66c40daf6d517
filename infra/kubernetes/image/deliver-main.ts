import { z } from 'zod';
import { serveProvider } from '../provider/index.ts';
import { deliver } from './deliver.ts';

const inputs = z.object({
  image: z.string(),
  digest: z.string(),
  way: z.discriminatedUnion('by', [
    z.object({ by: z.literal('minikube'), profile: z.string() }),
    z.object({ by: z.literal('command'), command: z.string(), context: z.string() }),
  ]),
});

await serveProvider({
  inputs,
  create: async (given, context) => {
    await deliver(given.image, given.way, context);
    return { id: given.image, outs: {} };
  },
  update: async (_id, _olds, given, context) => {
    await deliver(given.image, given.way, context);
    return {};
  },
});
