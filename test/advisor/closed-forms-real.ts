import { simulate } from '../../advise/simulate/index.ts';
import { patternTraffic, requestsOf } from '../../advise/traffic/index.ts';
import { missedLoad, publishedLoads, standInP95 } from './published-run.ts';
import { knownQueues } from './queues.ts';

/**
 * Simulates 10^7 requests of each queue whose mean is known; ends with code 1 where one is more than 1 % off. Then the
 * loads of the published run, by stand-ins for its samples.
 */
const requests = 1e7;
const allowed = 0.01;

for (const { name, rate, mean, system } of knownQueues) {
  const traffic = patternTraffic(`poisson:rate=${rate},hours=${requests / rate / 3600}`, 1);
  const [outcome] = simulate(traffic, [system], { seed: 2, limit: 1 });
  const found = outcome?.recorder.mean ?? Number.NaN;
  const off = found / mean - 1;
  console.log(
    `${name}: ${requestsOf(traffic)} requests, mean ${(found * 1000).toFixed(3)} ms, known ${(mean * 1000).toFixed(3)} ms, ${(off * 100).toFixed(2)} %`,
  );
  if (!(Math.abs(off) <= allowed)) process.exitCode = 1;
}

for (const load of [...publishedLoads, missedLoad]) {
  const p95 = standInP95(load);
  console.log(
    `${load.target}, ${load.pattern}: p95 ${load.p95Ms} ms measured, ${p95.toFixed(1)} ms simulated, ${((p95 / load.p95Ms - 1) * 100).toFixed(0)} %`,
  );
}
