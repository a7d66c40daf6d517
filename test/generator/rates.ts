// Up to which rate the open loop's generator keeps its schedule, beside autocannon, which takes a rate too, and wrk, which
// takes none and is asked for its most. Each sends to the same server that answers at once and remembers when requests came;
// the two share two cores. Lateness is seen by the server, the same way for all: how much later than on the even schedule
// that fits best (no request comes early) a request came. A client whose requests fail at a rate is not asked for more. Needs
// Debian's wrk. Exit code 1 when the generator is late at a rate at which autocannon is not.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import autocannon from 'autocannon';
import { quantile } from '../../bench/stats/index.ts';
import { median, medianInterval, shuffled } from '../../infra/local/bench/paired.ts';
import { readRounds } from '../../infra/local/bench/rounds.ts';
import { wholeNumbers } from '../performance/options.ts';
import { type Attack, body, ours } from './clients.ts';

const { values } = parseArgs({
  options: {
    rates: { type: 'string', default: '500,1000,2000,4000,6000,8000,10000,12000' },
    rounds: { type: 'string', default: '6' },
    seconds: { type: 'string', default: '3' },
  },
});
const rounds = readRounds('--rounds', values.rounds);
const rates = wholeNumbers('rates', values.rates);
const [seconds = 0] = wholeNumbers('seconds', values.seconds);
const latenessMs = 1;
const connections = 64;

/** One run of a client, as the server saw it. */
interface Seen {
  /** Requests a second. */
  rate: number;
  /** Milliseconds, 99 of 100 requests less. */
  lateness: number;
}

const autocannonAt = async ({ url, rate, seconds: duration }: Attack): Promise<void> => {
  const { non2xx, errors } = await autocannon({ url, method: 'POST', body, connections, duration, overallRate: rate });
  if (non2xx + errors > 0) throw new Error(`${non2xx + errors} requests of autocannon failed`);
};
const clients = new Map<string, (attack: Attack) => Promise<unknown>>([
  ['ours', ours],
  ['autocannon', autocannonAt],
]);

/** @param arrivals milliseconds, in order. */
function seen(arrivals: readonly number[], rate: number): Seen {
  const [first = Number.NaN, last = Number.NaN] = [arrivals[0], arrivals.at(-1)];
  const offsets = arrivals.map((at, index) => at - (index * 1000) / rate);
  const earliest = offsets.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  const lateness = offsets.map((each) => each - earliest).sort((a, b) => a - b);
  return { rate: ((arrivals.length - 1) / (last - first)) * 1000, lateness: quantile(lateness, 0.99) };
}

async function arrivalsAt(url: string): Promise<number[]> {
  return (await (await fetch(url)).json()) as number[];
}

/** @returns what was seen of each client, or why its requests failed. */
async function measure(url: string, rate: number): Promise<Map<string, Seen[] | Error>> {
  const measured = new Map<string, Seen[] | Error>([...clients.keys()].map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, client] of shuffled([...clients])) {
      const runs = measured.get(name);
      if (!Array.isArray(runs)) continue;
      try {
        await client({ url, rate, seconds });
        runs.push(seen(await arrivalsAt(url), rate));
      } catch (error) {
        measured.set(name, error as Error);
        await arrivalsAt(url);
      }
    }
  }
  return measured;
}

/** The most that wrk sends when it waits for nothing but answers, requests a second. */
async function wrk(url: string): Promise<number> {
  const script = fileURLToPath(new URL('post.lua', import.meta.url));
  const options = ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', script, url];
  const { stdout } = await promisify(execFile)('wrk', options);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`requests of wrk failed:\n${stdout}`);
  await arrivalsAt(url);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
}

/** The most that autocannon sends. */
async function autocannonMost(url: string): Promise<number> {
  const { requests } = await autocannon({ url, method: 'POST', body, connections, duration: seconds });
  await arrivalsAt(url);
  return requests.average;
}

const path = fileURLToPath(new URL('arrivals.ts', import.meta.url));
const server: ChildProcess = spawn(process.execPath, ['--import', 'tsx', path], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const [port] = (await once(createInterface(server.stdout ?? process.stdin), 'line')) as [string];
  const url = `http://127.0.0.1:${port}/`;
  // The server and the clients are warm then.
  for (const client of clients.values()) await client({ url, rate: 2000, seconds: 2 });
  await arrivalsAt(url);
  const lastInTime = new Map<string, number>();
  console.log(`| rate | client | came, a second | lateness p99, ms (95 % interval) |\n|---|---|---|---|`);
  for (const rate of rates) {
    for (const [name, runs] of await measure(url, rate)) {
      if (runs instanceof Error) {
        console.log(`| ${rate} | ${name} | – | ${runs.message} |`);
        clients.delete(name);
        continue;
      }
      const lateness = runs.map((each) => each.lateness);
      const [low, high] = medianInterval(lateness).map((ms) => ms.toFixed(2));
      const came = median(runs.map((each) => each.rate)).toFixed(0);
      console.log(`| ${rate} | ${name} | ${came} | ${median(lateness).toFixed(2)} (${low} to ${high}) |`);
      const before = rates[rates.indexOf(rate) - 1];
      const inTimeSoFar = before === undefined || lastInTime.get(name) === before;
      if (inTimeSoFar && median(lateness) < latenessMs) lastInTime.set(name, rate);
    }
  }
  const most = { wrk: await wrk(url), autocannon: await autocannonMost(url) };
  console.log(`\nHighest of these rates up to which 99 in 100 come within ${latenessMs} ms:`);
  for (const name of ['ours', 'autocannon']) console.log(`  ${name}: ${lastInTime.get(name) ?? 'none'}`);
  console.log(`As fast as answers come, ${connections} connections: ${JSON.stringify(most)} requests a second`);
  if ((lastInTime.get('ours') ?? 0) < (lastInTime.get('autocannon') ?? 0)) process.exitCode = 1;
} finally {
  server.kill('SIGKILL');
}
