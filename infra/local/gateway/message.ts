import { z } from 'zod';

/** What the gateway tells its parent over IPC. */
export const gatewayMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('listening'), url: z.string() }),
  /** All processes of replicas, whenever one came or went. */
  z.object({ kind: z.literal('replicas'), pids: z.array(z.number()) }),
]);

export type GatewayMessage = z.infer<typeof gatewayMessage>;
