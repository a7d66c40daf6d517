import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

const price = z.number().nonnegative();
const origin = { source: z.string().min(1), asOf: z.iso.date() };

const pricesSchema = z.strictObject({
  /** As it is shown behind amounts. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'give three capital letters, as in USD'),
  /** Machines paid for by what is reserved on them. */
  machine: z.strictObject({ vcpuHour: price, gibHour: price, ...origin }),
  /** Functions of a cloud, paid by use. */
  functions: z.strictObject({
    gibSecond: price,
    millionRequests: price,
    /** GiB of the smallest function. */
    leastGib: z.number().positive(),
    /** GiB of memory with which a function gets one vCPU. */
    gibPerVcpu: z.number().positive(),
    ...origin,
  }),
  assumptions: z.strictObject({
    hoursPerMonth: z.number().positive(),
    utilisation: z.number().positive().max(1),
    peakOverMean: z.number().min(1),
    idleSeconds: z.number().nonnegative(),
  }),
});

/** What things cost, where that is from, and what is assumed of the traffic. GiB are 2^30 bytes. */
export type Prices = z.infer<typeof pricesSchema>;

/**
 * Reads prices of one's own, or those that come with the project.
 *
 * @throws Error that names the file and says what to change in it.
 */
export function readPrices(path: string = fileURLToPath(new URL('prices.yaml', import.meta.url))): Prices {
  const given = pricesSchema.safeParse(readYaml(path));
  if (given.success) return given.data;
  const faults = given.error.issues.map(({ path: keys, message }) => `${keys.join('.') || 'the file'}: ${message}`);
  throw new Error(`prices in ${path}: ${faults.join('; ')} (docs/cost.md has all keys)`);
}

/** The same prices as the text of a file. */
export function writePrices(prices: Prices): string {
  return stringify(prices);
}

function readYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`prices in ${path} cannot be read: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
