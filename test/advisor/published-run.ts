import { crowdingOf } from '../../advise/model/index.ts';
import { simulate } from '../../advise/simulate/index.ts';
import { patternTraffic } from '../../advise/traffic/index.ts';

/** Of the run in docs/reproduction.md, whose samples are not kept: one replica of each, on a quiet machine. */
const targets = {
  server: { meanMs: 17.1, p95Ms: 20.5, perSecond: 124 },
  function: { meanMs: 19.2, p95Ms: 23.2, perSecond: 121 },
} as const;
const connections = 8;

/** Loads of that run, and the p95 that was measured in ms. */
export const publishedLoads = [
  { target: 'server', pattern: 'constant:rate=20,hours=0.5', p95Ms: 22.4 },
  { target: 'server', pattern: 'poisson:rate=27.6,hours=0.5', p95Ms: 32.1 },
  { target: 'server', pattern: 'poisson:rate=54.6,hours=0.5', p95Ms: 51.2 },
  { target: 'function', pattern: 'poisson:rate=52,hours=0.5', p95Ms: 50.4 },
] as const;

/** One near the capacity, which the simulation misses: just under 200 ms were measured. */
export const missedLoad = { target: 'server', pattern: 'poisson:rate=93.5,hours=0.5', p95Ms: 200 } as const;

/** p95 in ms of such a load, simulated with normal service times of the target's mean and p95 in place of its samples. */
export function standInP95({ target, pattern }: (typeof publishedLoads)[number] | typeof missedLoad): number {
  const { meanMs, p95Ms, perSecond } = targets[target];
  const service = { kind: 'measured', seconds: normal(meanMs, p95Ms).map((ms) => ms / 1000) } as const;
  const replica = {
    service,
    concurrency: connections,
    crowding: crowdingOf(connections, (perSecond * meanMs) / 1000),
    start: { kind: 'constant', seconds: 0 } as const,
    timeout: 30,
    queue: Number.POSITIVE_INFINITY,
  };
  const system = { kind: 'replicas', replica, policy: { kind: 'fixed', replicas: 1 } } as const;
  const [outcome] = simulate(patternTraffic(pattern, 3), [system], { seed: 1, limit: 0.2 });
  return (outcome?.recorder.quantile(0.95) ?? Number.NaN) * 1000;
}

/** Evenly spread quantiles of a normal distribution, by Box and Muller's pairs on a grid. */
function normal(mean: number, p95: number): number[] {
  const deviation = (p95 - mean) / 1.645;
  const grid = Array.from({ length: 40 }, (_, index) => (index + 0.5) / 40);
  return grid.flatMap((u) =>
    grid.map((v) => mean + deviation * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v)),
  );
}
