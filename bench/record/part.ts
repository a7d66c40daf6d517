import { z } from 'zod';

const amount = z.number().nonnegative();

/** What one part of a target, all its processes together, has used and holds. */
export const partSchema = z.object({
  name: z.string(),
  /** `replica` comes with each replica of the model; `fixed` is there however many replicas there are. */
  kind: z.enum(['replica', 'fixed']),
  /** When it was read, in milliseconds by the clock of whoever counted: only differences mean something. */
  time: amount,
  /** Used since its start. */
  cpuSeconds: amount,
  /** Held now. */
  memoryBytes: amount,
  /** Processes; on Kubernetes, containers. */
  processes: amount,
  /** What its platform keeps for it, used or not; absent where nothing is kept. */
  reserved: z.object({ cpus: amount, memoryBytes: amount }).optional(),
});

export type Part = z.infer<typeof partSchema>;
