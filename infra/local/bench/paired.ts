import { randomInt } from 'node:crypto';

/** Runs both, one after the other, whichever comes first: neither has the quieter half of a pair. */
export async function inRandomOrder<A, B>(a: () => Promise<A>, b: () => Promise<B>): Promise<[a: A, b: B]> {
  if (randomInt(2) === 0) return [await a(), await b()];
  const second = await b();
  return [await a(), second];
}

/** The same in random order: in a round of blocks none has always the quieter place. */
export function shuffled<T>(items: readonly T[]): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(randomInt(left.length), 1));
}

/** The median of numbers, of which there is at least one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * An interval that holds the median of what the values were drawn from with a probability of at least 95 %, whatever
 * its distribution: two order statistics, by the sign test.
 *
 * @throws RangeError for fewer than six values, of which not even the least and the greatest are such an interval.
 */
export function medianInterval(values: readonly number[]): [low: number, high: number] {
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  if (n < 6) throw new RangeError(`an interval of the median needs six values, not ${n}`);
  let rank = 0;
  for (let below = 0.5 ** n, term = below; below <= 0.025 && rank < n / 2; below += term) {
    rank += 1;
    term *= (n - rank + 1) / rank;
  }
  const outer = Math.max(0, rank - 1);
  return [sorted[outer] ?? Number.NaN, sorted[n - 1 - outer] ?? Number.NaN];
}
