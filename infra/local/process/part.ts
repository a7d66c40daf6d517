import { z } from 'zod';
import type { Usage } from './usage.ts';

/** One part of an architecture, all its processes together, in plain values. */
export const partSchema = z.object({
  name: z.string(),
  /** `replica` comes with each replica of the model; `fixed` is there however many replicas there are. */
  kind: z.enum(['replica', 'fixed']),
  /** When it was read, in milliseconds; only differences mean something. */
  time: z.number(),
  /** Since its start, that of processes which have ended included. */
  cpuSeconds: z.number(),
  /** Proportional set size. */
  memoryBytes: z.number(),
  processes: z.number(),
});

export type Part = z.infer<typeof partSchema>;

/** A process of this machine and its helpers as a part; whoever saw helpers of it end elsewhere adds their time. */
export function partOf(
  { name, kind }: Pick<Part, 'name' | 'kind'>,
  { cpuSeconds, memoryBytes, processes }: Usage,
  endedCpuSeconds = 0,
): Part {
  const time = performance.timeOrigin + performance.now();
  return { name, kind, time, cpuSeconds: cpuSeconds + endedCpuSeconds, memoryBytes, processes };
}
