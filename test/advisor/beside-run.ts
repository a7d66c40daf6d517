import { modelOf, type System, simulate } from '../../advise/index.ts';
import { sharedCounts, sharedTimes, type Traffic } from '../../advise/traffic/index.ts';
import { eventsOf, latency, quantile, readRun, type Sample, samplesOf, succeeded } from '../../bench/index.ts';
import { openfaasTiming, quickTiming } from '../../infra/local/gateway/scaling/index.ts';

/**
 * Holds the simulation against what a run on this machine measured: the very times at which its requests went out are
 * simulated with the model of the same run, which takes nothing from these scenarios, or with that of another.
 * `node --import tsx test/advisor/beside-run.ts DIR [MODEL_DIR]` prints both and how far they are apart.
 */
const [folder, modelFolder = folder] = process.argv.slice(2);
if (folder === undefined || modelFolder === undefined) throw new Error('give a run folder of local targets');
const allowed = 0.15;
const run = await readRun(folder);
const model = modelOf(modelFolder === folder ? run : await readRun(modelFolder));
const timing = run.manifest.profile === 'paper' ? openfaasTiming : quickTiming;
let compared = 0;
let missed = 0;

for (const { name, architecture } of run.manifest.targets) {
  const side = architecture === 'serverless' ? model.function : model.server;
  const { service, concurrency, crowding, start } = side;
  const replica = {
    service,
    concurrency,
    crowding,
    start,
    timeout: run.manifest.settings.timeoutMs / 1000,
    queue: 1e9,
  };
  const one: System = { kind: 'replicas', replica, policy: { kind: 'fixed', replicas: 1 } };
  const scaled: System = {
    kind: 'replicas',
    replica,
    policy: { kind: 'openfaas', scale: { min: 1, max: 5, factor: 20 }, timing, scrape: 0, every: 0.1 },
  };
  console.log(`\n${name}: ${concurrency} at once, longer by ${(crowding * 100).toFixed(0)} % for every other one`);

  const load = samplesOf(run, name, 'autoscaling');
  if (load.length > 0) {
    const outcome = compare(`${name}, autoscaling`, load, architecture === 'serverless' ? scaled : one);
    const from = Math.min(...load.map(({ intended }) => intended));
    console.log(`  replicas measured:  ${steps(measuredSteps(name, from))}`);
    console.log(`  replicas simulated: ${steps(outcome.use.replicas?.changes ?? [])}`);
  }
  const probes = samplesOf(run, name, 'capacity');
  for (const event of eventsOf(run, name, 'capacity')) {
    if (event.kind !== 'probe') continue;
    compare(
      `${name}, ${event.rate.toFixed(1)}/s at random`,
      probes.filter(({ block }) => block === event.block),
      one,
    );
  }
}
console.log(`\n${compared - missed} of ${compared} within ${allowed * 100} %`);

function compare(what: string, samples: readonly Sample[], system: System) {
  const from = Math.min(...samples.map(({ intended }) => intended));
  const times = samples.map(({ intended }) => (intended - from) / 1000).toSorted((a, b) => a - b);
  const [outcome] = simulate(trafficAt(times), [system], { seed: 1, limit: 1 });
  if (outcome === undefined) throw new Error('nothing was simulated');
  const measured = samples
    .filter(succeeded)
    .map(latency)
    .toSorted((a, b) => a - b);
  const p95 = { measured: quantile(measured, 0.95), simulated: outcome.recorder.quantile(0.95) * 1000 };
  const p50 = { measured: quantile(measured, 0.5), simulated: outcome.recorder.quantile(0.5) * 1000 };
  const off = p95.simulated / p95.measured - 1;
  compared += 1;
  if (!(Math.abs(off) <= allowed)) missed += 1;
  const pair = (of: typeof p95): string =>
    `${of.measured.toFixed(1)} measured, ${of.simulated.toFixed(1)} ms simulated`;
  console.log(`  ${what}: p95 ${pair(p95)} (${(off * 100).toFixed(0)} %); median ${pair(p50)}`);
  return outcome;
}

function trafficAt(times: readonly number[]): Traffic {
  const counts = new Uint32Array(Math.floor(times.at(-1) ?? 0) + 1);
  for (const time of times) counts[Math.floor(time)] = (counts[Math.floor(time)] ?? 0) + 1;
  return { source: 'run', slotSeconds: 1, counts: sharedCounts(counts), placing: 'random', times: sharedTimes(times) };
}

/** Replicas that were asked for, from each time on, while the load lasted. */
function measuredSteps(target: string, from: number): [number, number][] {
  const seen = eventsOf(run, target, 'autoscaling').flatMap((event) =>
    event.kind === 'replicas' && event.time >= from
      ? [[(event.time - from) / 1000, event.desired] as [number, number]]
      : [],
  );
  return seen.filter(([, replicas], index) => replicas !== seen[index - 1]?.[1]);
}

function steps(changes: readonly (readonly [number, number])[]): string {
  return changes.map(([time, replicas]) => `${replicas} at ${time.toFixed(1)} s`).join(', ');
}
