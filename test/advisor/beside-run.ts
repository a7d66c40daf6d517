import { modelOf, type System, simulate } from '../../advise/index.ts';
import type { Side } from '../../advise/model/index.ts';
import type { PolicySettings } from '../../advise/simulate/index.ts';
import { sharedCounts, sharedTimes, type Traffic } from '../../advise/traffic/index.ts';
import { eventsOf, latency, quantile, readRun, type Sample, samplesOf, succeeded } from '../../bench/index.ts';
import { openfaasTiming, quickTiming } from '../../infra/local/gateway/scaling/index.ts';
import { hybridInFlight } from '../../infra/local/index.ts';

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
const latencyMs = run.manifest.settings.objective?.latencyMs ?? 200;
const timeout = run.manifest.settings.timeoutMs / 1000;

/** What the local platform makes of these architectures; a server is one process. */
const scaled = replicas(model.function, {
  kind: 'openfaas',
  scale: { min: 1, max: 5, factor: 20 },
  timing,
  scrape: 0,
  every: 0.1,
});
const systems: Partial<Record<string, System>> = { serverless: scaled, hybrid: overflowing() };
let compared = 0;
let missed = 0;

for (const { name, architecture } of run.manifest.targets) {
  const side = architecture === 'serverless' ? model.function : model.server;
  const one = replicas(side, { kind: 'fixed', replicas: 1 });
  const { concurrency, crowding } = side;
  console.log(`\n${name}: ${concurrency} at once, longer by ${(crowding * 100).toFixed(0)} % for every other one`);

  const load = samplesOf(run, name, 'autoscaling');
  if (load.length > 0) {
    const outcome = compare(`${name}, autoscaling`, load, systems[architecture] ?? one);
    const from = Math.min(...load.map(({ intended }) => intended));
    console.log(`  replicas measured:  ${steps(measuredSteps(name, from))}`);
    const { replicas: own, over } = outcome.use;
    console.log(
      `  replicas simulated: ${steps((over?.use.replicas ?? own)?.changes ?? [])}${over ? ' of the function' : ''}`,
    );
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

function replicas({ service, concurrency, crowding, start }: Side, policy: PolicySettings) {
  const replica = { service, concurrency, crowding, start, timeout, queue: 1e9 };
  return { kind: 'replicas' as const, replica, policy };
}

/**
 * A server that has as many requests as the local hybrid gives it; what finds it full goes to the function, of which one
 * replica is always there: the start of the measured one from none is not in it.
 */
function overflowing(): System {
  const base = replicas(model.server, { kind: 'fixed', replicas: 1 });
  const concurrency = Math.min(base.replica.concurrency, hybridInFlight);
  const replica = { ...base.replica, concurrency, queue: hybridInFlight - concurrency };
  return { kind: 'overflow', base: { ...base, replica }, over: scaled };
}

function compare(what: string, samples: readonly Sample[], system: System) {
  const from = Math.min(...samples.map(({ intended }) => intended));
  const times = samples.map(({ intended }) => (intended - from) / 1000).toSorted((a, b) => a - b);
  const [outcome] = simulate(trafficAt(times), [system], { seed: 1, limit: latencyMs / 1000 });
  if (outcome === undefined) throw new Error('nothing was simulated');
  const measured = samples
    .filter(succeeded)
    .map(latency)
    .toSorted((a, b) => a - b);
  const p95 = { measured: quantile(measured, 0.95), simulated: outcome.recorder.quantile(0.95) * 1000 };
  const p50 = { measured: quantile(measured, 0.5), simulated: outcome.recorder.quantile(0.5) * 1000 };
  const within = {
    measured: measured.filter((each) => each < latencyMs).length / samples.length,
    simulated: outcome.recorder.good / outcome.recorder.attempts,
  };
  const off = p95.simulated / p95.measured - 1;
  compared += 1;
  if (!(Math.abs(off) <= allowed)) missed += 1;
  const pair = (of: typeof p95): string =>
    `${of.measured.toFixed(1)} measured, ${of.simulated.toFixed(1)} ms simulated`;
  console.log(`  ${what}: p95 ${pair(p95)} (${(off * 100).toFixed(0)} %); median ${pair(p50)}`);
  const shares = [within.measured, within.simulated].map((share) => `${(share * 100).toFixed(2)} %`);
  console.log(`    within ${latencyMs} ms: ${shares[0]} measured, ${shares[1]} simulated`);
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
