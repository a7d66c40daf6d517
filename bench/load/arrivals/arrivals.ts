import { z } from 'zod';

const rate = z.number().positive();
const seconds = z.number().positive();
const seed = z.int();

function inOrder(times: readonly number[]): boolean {
  return times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0));
}

/**
 * When requests should go out, as plain data. Rates are requests a second. With a `seed` they come at random (a Poisson
 * process: each independent of the others), without one at even distances.
 */
export const arrivalsSchema = z.discriminatedUnion('kind', [
  /** Evenly spaced. */
  z.strictObject({ kind: z.literal('constant'), rate, seconds }),
  /** At random, as from many users who know nothing of each other; `rate` is the mean. */
  z.strictObject({ kind: z.literal('poisson'), rate, seconds, seed }),
  /** One rate after another; a rate of 0 is a pause. */
  z.strictObject({
    kind: z.literal('step'),
    steps: z.array(z.strictObject({ rate: z.number().nonnegative(), seconds })).min(1),
    seed: seed.optional(),
  }),
  /** `factor` times the rate for a while, and the rate before and after. */
  z.strictObject({
    kind: z.literal('burst'),
    rate,
    factor: z.number().positive(),
    beforeSeconds: z.number().nonnegative(),
    burstSeconds: seconds,
    afterSeconds: z.number().nonnegative(),
    seed: seed.optional(),
  }),
  /** As they came once: milliseconds from the start, none before the one ahead of it. */
  z.strictObject({
    kind: z.literal('recorded'),
    times: z.array(z.number().nonnegative()).min(1).refine(inOrder, 'times must not go back'),
  }),
]);

export type Arrivals = z.infer<typeof arrivalsSchema>;
