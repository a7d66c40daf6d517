/** What one block measured. */
export interface Block {
  /** Calls a second. */
  rate: number;
  /** Milliseconds of each, sorted. */
  latencies: number[];
}

/** When a block ends: after some time, or after so many calls. */
export type Until = { seconds: number } | { calls: number };

/**
 * Calls a function over and over from a number of lanes, each of which waits for its last call. Resolves when all have come
 * back.
 * @param once is told which call it is, from 0.
 */
export async function lanes(count: number, until: Until, once: (turn: number) => Promise<void>): Promise<Block> {
  const latencies: number[] = [];
  const begun = performance.now();
  let turn = 0;
  const goesOn = () => ('calls' in until ? turn < until.calls : performance.now() - begun < until.seconds * 1000);
  const lane = async () => {
    while (goesOn()) {
      const before = performance.now();
      await once(turn++);
      latencies.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: count }, lane));
  const rate = latencies.length / ((performance.now() - begun) / 1000);
  return { rate, latencies: latencies.sort((a, b) => a - b) };
}
