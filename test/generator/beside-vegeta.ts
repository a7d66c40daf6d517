// The open loop's generator: how late it sends 2,000 requests a second, and whether it measures what vegeta does, an
// independent tool, of the same target. They take turns, in pairs in random order. Exit code 1 when 99 of 100 requests
// are not sent within a millisecond of their time, or when the median or the 99th percentile is more than 5 % apart.
// Argument: the path of vegeta's program.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { quantile } from '../../bench/stats/index.ts';
import { inRandomOrder, median, medianInterval } from '../../infra/local/bench/paired.ts';
import { type Attack, type Measured, ours, vegeta } from './clients.ts';

const [program = ''] = process.argv.slice(2);
const pairs = 10;
const latenessMs = 1;
const apart = 0.05;

interface Comparison {
  title: string;
  rate: number;
  seconds: number;
  /** The target's delays in milliseconds, in turns. */
  delays: number[];
  /** Whether the target stands still for a second in the middle. */
  stalls: boolean;
  /** Whether the two must agree: where the target takes no time, the clients measure themselves. */
  agree: boolean;
}

/** 5 ms and an exponential 15 ms more: the distribution's own quantiles, always in the same shuffled order. */
const delays = Array.from({ length: 200 }, (_, index) => {
  const part = ((index * 83) % 200) + 0.5;
  return Math.round(5 - 15 * Math.log(1 - part / 200));
});

const comparisons: Comparison[] = [
  { title: 'a target that takes 5 ms and more', rate: 200, seconds: 10, delays, stalls: false, agree: true },
  { title: 'the same, standing still for a second', rate: 200, seconds: 10, delays, stalls: true, agree: true },
  { title: 'a target that takes no time', rate: 2000, seconds: 5, delays: [], stalls: false, agree: false },
];

async function withServer<T>(delaysMs: readonly number[], use: (url: string, server: ChildProcess) => Promise<T>) {
  const path = fileURLToPath(new URL('server.ts', import.meta.url));
  const server = spawn(process.execPath, ['--import', 'tsx', path, ...delaysMs.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [port] = (await once(createInterface(server.stdout), 'line')) as [string];
    return await use(`http://127.0.0.1:${port}/`, server);
  } finally {
    server.kill('SIGKILL');
  }
}

async function stall(server: ChildProcess, afterMs: number): Promise<void> {
  await sleep(afterMs);
  server.kill('SIGSTOP');
  await sleep(1000);
  server.kill('SIGCONT');
}

/** @returns whether it met its bound. */
async function showLateness(): Promise<boolean> {
  return withServer([], async (url) => {
    const runs: number[] = [];
    for (let run = 0; run <= pairs; run += 1) {
      const { latenessMs: late = Number.NaN } = await ours({ url, rate: 2000, seconds: 5 });
      // The first warms the target.
      if (run > 0) runs.push(late);
    }
    const all = runs.map((late) => late.toFixed(2)).join(', ');
    console.log(
      `Sent late at 2,000/s, 99th percentile of ${pairs} runs: ${all} ms; median ${median(runs).toFixed(2)} ms`,
    );
    return median(runs) < latenessMs;
  });
}

/** @returns whether it met its bound, if it has one. */
async function compare({ title, rate, seconds, delays, stalls, agree }: Comparison): Promise<boolean> {
  return withServer(delays, async (url, server) => {
    const measure = async (client: (attack: Attack) => Promise<Measured>): Promise<number[]> => {
      const [{ latencies }] = await Promise.all([
        client({ url, rate, seconds }),
        stalls ? stall(server, seconds * 500) : undefined,
      ]);
      return latencies.toSorted((a, b) => a - b);
    };
    const besides = (attack: Attack) => vegeta(program, attack);
    await measure(besides);
    await measure(ours);
    const results: { ours: number[]; vegeta: number[] }[] = [];
    while (results.length < pairs) {
      const [own, its] = await inRandomOrder(
        () => measure(ours),
        () => measure(besides),
      );
      results.push({ ours: own, vegeta: its });
    }
    console.log(`${title}, ${rate}/s for ${seconds} s:`);
    const met = [0.5, 0.99].map((level) => {
      const each = results.map((pair) => ({ ours: quantile(pair.ours, level), vegeta: quantile(pair.vegeta, level) }));
      const ratios = each.map((pair) => pair.ours / pair.vegeta);
      const [low, high] = medianInterval(ratios).map((ratio) => ratio.toFixed(3));
      const own = median(each.map((pair) => pair.ours)).toFixed(2);
      const its = median(each.map((pair) => pair.vegeta)).toFixed(2);
      console.log(
        `  p${level * 100}: ours ${own} ms, vegeta ${its} ms, ratio ${median(ratios).toFixed(3)} (95 % interval ${low} to ${high})`,
      );
      return Math.abs(median(ratios) - 1) <= apart;
    });
    return !agree || met.every(Boolean);
  });
}

let met = await showLateness();
for (const comparison of comparisons) met = (await compare(comparison)) && met;
console.log(met ? 'All within their bounds.' : 'Not all within their bounds.');
process.exitCode = met ? 0 : 1;
