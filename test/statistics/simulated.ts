import { type Random, shuffled } from '../../bench/stats/index.ts';

/**
 * A test double: a machine whose service times are made up, and are worse than real ones in the three ways that mislead
 * statistics: they drift, so neighbours in time are alike; they have a heavy tail; and they are skewed.
 */
export interface Machine {
  /** Milliseconds of a usual request. */
  usual: number;
  /** Standard deviation of the logarithm of a service time around the machine's state. */
  noise: number;
  /** Standard deviation of the logarithm of the machine's state, and milliseconds in which it forgets itself. */
  drift: { size: number; memory: number };
  /** Share of requests that meet something else, and the exponent of Pareto's law by which that makes them longer. */
  tail: { share: number; exponent: number };
}

/** Its service times scatter and drift as much as those of a pod of one core on a shared machine were seen to. */
export const machine: Machine = {
  usual: 100,
  noise: 0.1,
  drift: { size: 0.05, memory: 1000 },
  tail: { share: 0.03, exponent: 1.5 },
};

/** Milliseconds of requests sent one after the other; `slowness` multiplies. */
export type Serve = (slowness?: number) => number;

export function start({ usual, noise, drift, tail }: Machine, random: Random): Serve {
  let state = drift.size * gaussian(random);
  return (slowness = 1) => {
    const stall = uniform(random) < tail.share ? uniform(random) ** (-1 / tail.exponent) : 1;
    const time = usual * slowness * stall * Math.exp(state + noise * gaussian(random));
    // An Ornstein-Uhlenbeck process, read at the end of each request.
    const kept = Math.exp(-time / drift.memory);
    state = kept * state + drift.size * Math.sqrt(1 - kept ** 2) * gaussian(random);
    return time;
  };
}

/** When a request was sent and answered, in milliseconds on the machine's clock. */
export interface Exchange {
  sent: number;
  answered: number;
}

/** A timed block: when its window opened and closed, and the requests that were answered in between. */
export interface TimedBlock {
  start: number;
  end: number;
  exchanges: Exchange[];
}

/**
 * Timed blocks of several targets on one machine, taking turns in random order. Each target has one worker, which answers
 * its connections in turn; each connection sends its next request when it has an answer.
 */
export function timedBlocks(
  serve: Serve,
  { slowness, blocks, seconds, connections, warmupSeconds }: Timed,
  random: Random,
): TimedBlock[][] {
  const timed: TimedBlock[][] = slowness.map(() => []);
  let clock = 0;
  for (let block = 0; block < blocks; block += 1) {
    for (const target of shuffled([...slowness.keys()], random)) {
      const start = clock + warmupSeconds * 1000;
      const end = start + (seconds / blocks) * 1000;
      const sent = Array<number>(connections).fill(clock);
      const exchanges: Exchange[] = [];
      for (let answered = clock + serve(slowness[target]); answered < end; answered += serve(slowness[target])) {
        if (answered >= start) exchanges.push({ sent: sent[0] ?? clock, answered });
        sent.push(answered);
        sent.shift();
      }
      timed[target]?.push({ start, end, exchanges });
      clock = end;
    }
  }
  return timed;
}

/** As the throughput of a profile's settings. */
interface Timed {
  slowness: readonly number[];
  blocks: number;
  seconds: number;
  connections: number;
  warmupSeconds: number;
}

/** Blocks of milliseconds of several targets on one machine, taking turns in random order. */
export function interleaved(
  serve: Serve,
  {
    slowness,
    blocks,
    requests,
    warmup,
  }: { slowness: readonly number[]; blocks: number; requests: number; warmup: number },
  random: Random,
): number[][][] {
  const times: number[][][] = slowness.map(() => []);
  for (let block = 0; block < blocks; block += 1) {
    for (const target of shuffled([...slowness.keys()], random)) {
      for (let request = 0; request < warmup; request += 1) serve(slowness[target]);
      times[target]?.push(Array.from({ length: requests }, () => serve(slowness[target])));
    }
  }
  return times;
}

function uniform(random: Random): number {
  return (random(0, 0xffff_fffe) + 1) / 0x1_0000_0000;
}

/** Box and Muller. */
function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(uniform(random))) * Math.cos(2 * Math.PI * uniform(random));
}
