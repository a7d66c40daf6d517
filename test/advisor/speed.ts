import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { candidatesFor, type Family } from '../../advise/search/candidate.ts';
import { Simulators } from '../../advise/simulate/index.ts';
import {
  patternTraffic,
  requestsOf,
  sharedCounts,
  summariseTraffic,
  type Traffic,
} from '../../advise/traffic/index.ts';
import { makeModel } from '../double/model.ts';

/**
 * How long it takes to simulate a day's requests through every way to serve, as they grow, and a month of counts by the
 * minute. `-- 1e6 1e7` takes other numbers, `--month 1e8` another month, `--threads 1` other threads.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { month: { type: 'string' }, threads: { type: 'string' } },
});
const given = positionals.length > 0 || values.month !== undefined;
const days = given ? positionals.map(Number) : [1e5, 1e6, 1e7, 1e8];
const months = given ? [values.month ?? []].flat().map(Number) : [1e8];
const threads = Number(values.threads ?? availableParallelism());

console.log(`${threads} threads`);
let before: { requests: number; seconds: number } | undefined;
for (const requests of days) await show('a day', patternTraffic(`diurnal:mean=${requests / 86_400}`, 1));
before = undefined;
for (const requests of months) await show('a month by the minute', monthOf(requests));

async function show(what: string, traffic: Traffic): Promise<void> {
  const candidates = new Map<Family, ReturnType<typeof candidatesFor>[number]>();
  // The last of each family has replicas enough.
  for (const candidate of candidatesFor(makeModel(), summariseTraffic(traffic)))
    candidates.set(candidate.family, candidate);
  const systems = [...candidates.values()].map(({ system }) => system);
  const requests = requestsOf(traffic);
  const all = requests * systems.length;
  const onProgress = (done: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${Math.floor((done / all) * 100)} %`);
  };
  const from = process.cpuUsage();
  const started = performance.now();
  const simulators = new Simulators(threads);
  await simulators.simulate(traffic, systems, { seed: 1, limit: 0.2, onProgress });
  await simulators.close();
  const seconds = (performance.now() - started) / 1000;
  const used = process.cpuUsage(from);
  const cpu = (used.user + used.system) / 1e6;
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  const grown =
    before && ` (${times(requests / before.requests)} the requests, ${times(seconds / before.seconds)} the time)`;
  console.log(
    `${requests} requests of ${what} through ${systems.length} ways: ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of CPU, ${Math.round(all / seconds)} requests and ways a second, at most ${Math.round(process.resourceUsage().maxRSS / 1000)} MB until now${grown ?? ''}`,
  );
  before = { requests, seconds };
}

function times(factor: number): string {
  return `${factor.toFixed(1)} times`;
}

/** Thirty days of so many requests, of which only each minute's count is known. */
function monthOf(requests: number): Traffic {
  const seconds = patternTraffic(`diurnal:mean=${requests / 86_400 / 30},hours=720`, 1);
  const counts = sharedCounts(
    Array.from({ length: seconds.counts.length / 60 }, (_, minute) =>
      seconds.counts.subarray(minute * 60, (minute + 1) * 60).reduce((sum, count) => sum + count, 0),
    ),
  );
  return { ...seconds, slotSeconds: 60, counts };
}
