import { simulate } from '../../advise/index.ts';
import { candidatesFor, type Family } from '../../advise/search/candidate.ts';
import { patternTraffic, requestsOf, summariseTraffic } from '../../advise/traffic/index.ts';
import { makeModel } from '../double/model.ts';

/** How many requests a second are simulated through every way to serve, one after the other in one thread, as traffic grows. */
const sizes = process.argv.slice(2).map(Number);

for (const requests of sizes.length > 0 ? sizes : [1e5, 1e6, 1e7]) {
  const traffic = patternTraffic(`diurnal:mean=${requests / 86_400}`, 1);
  const candidates = new Map<Family, ReturnType<typeof candidatesFor>[number]>();
  // The last of each family has replicas enough.
  for (const candidate of candidatesFor(makeModel(), summariseTraffic(traffic)))
    candidates.set(candidate.family, candidate);
  const systems = [...candidates.values()].map(({ system }) => system);
  const from = process.cpuUsage();
  const started = performance.now();
  simulate(traffic, systems, { seed: 1, limit: 0.2 });
  const { user, system } = process.cpuUsage(from);
  const cpu = (user + system) / 1e6;
  const total = requestsOf(traffic);
  console.log(
    `${total} requests of a day through ${systems.length} ways: ${cpu.toFixed(1)} s of CPU (${((performance.now() - started) / 1000).toFixed(1)} s), ${Math.round((total * systems.length) / cpu)} a CPU second, ${Math.round(process.memoryUsage.rss() / 1e6)} MB`,
  );
}
