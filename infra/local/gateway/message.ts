import { z } from 'zod';

/** Functions as a gateway that takes the place of another one has to know them. */
const functions = z.array(
  z.object({
    /** As a client would POST it to /system/functions. */
    deployment: z.record(z.string(), z.unknown()),
    /** How many are wanted. */
    replicas: z.int().min(0),
  }),
);

/** What a parent tells the gateway over IPC before it listens, when its environment says so. */
export const restoreMessage = z.object({ kind: z.literal('restore'), functions });

export type RestoreMessage = z.infer<typeof restoreMessage>;

/** What the gateway tells its parent over IPC. */
export const gatewayMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('listening'), url: z.string() }),
  /** All functions, whenever one was deployed, changed, scaled or removed. */
  z.object({ kind: z.literal('functions'), functions }),
  /** All processes of replicas, whenever one came or went. */
  z.object({ kind: z.literal('replicas'), pids: z.array(z.number()) }),
]);

export type GatewayMessage = z.infer<typeof gatewayMessage>;
