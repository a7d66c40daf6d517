import { now } from '../load/index.ts';
import { formatObjective } from '../objective/index.ts';
import { conclude, nextStep, rateOf, searchSettings, stepOf, type Tried } from '../search/index.ts';
import { quantile, shuffled } from '../stats/index.ts';
import type { Target } from '../target/index.ts';
import { observeReplicas } from './blocks.ts';
import { oneAtATime, probe, settle } from './capacity-probe.ts';
import type { Context, Scenario } from './scenario.ts';

/** The search of one target: where it begins, and what was tried. */
interface Search {
  target: Target;
  start: number;
  tried: Tried[];
}

/**
 * What is the highest rate at which a target keeps the objective? A search over probes, each a stretch of random
 * arrivals at one rate. The searches of all targets take turns, a probe each, so that drift of the machine hits all.
 */
export const capacityScenario: Scenario = {
  name: 'capacity',
  title: 'Capacity: the highest rate that keeps the objective',
  run: async (context) => {
    const { resolution } = context.settings.capacity;
    const settings = searchSettings(context.settings.capacity);
    const searches = await startSearches(context);
    // Block 0 is the warm-up.
    for (let block = 1; !context.signal.aborted; block += 1) {
      const due = searches.flatMap((search) => {
        const step = nextStep(search.tried, search.start, settings);
        return step === undefined ? [] : [{ ...search, step }];
      });
      if (due.length === 0) break;
      const photos = shuffled(context.photos, context.random);
      for (const { target, tried, step } of shuffled(due, context.random)) {
        const rate = rateOf(step, resolution);
        context.progress(`probe ${block}: ${target.name} at ${rate.toPrecision(3)} requests a second`);
        await settle(context, target);
        if (context.signal.aborted) return;
        const { outcome } = await probe(context, { target, block, rate, photos });
        tried.push({ step, outcome });
        await observeReplicas(context, target, 'capacity');
      }
    }
    for (const { target, tried } of searches) await keep(context, target, conclude(tried, settings).kept);
  },
};

/** What was found is what later scenarios load a target by, and what a hybrid lets its base have at once. */
async function keep(context: Context, target: Target, kept: number | undefined): Promise<void> {
  if (kept === undefined || context.signal.aborted) return;
  const { capacity, objective } = context.settings;
  const rate = rateOf(kept, capacity.resolution);
  context.capacities.set(target.name, rate);
  // With so many ahead of it, a request has waited for half of the limit when its turn comes.
  const inFlight = Math.max(1, Math.floor((rate * objective.latencyMs) / 1000 / 2));
  if (target.overflowAt === undefined) return;
  await target.overflowAt(inFlight);
  context.event({ kind: 'overflow', time: now(), scenario: 'capacity', target: target.name, inFlight });
}

/** Warms every target up. A search begins at half the rate that a client reaches who waits for each answer. */
async function startSearches(context: Context): Promise<Search[]> {
  const { objective, capacity } = context.settings;
  const searches: Search[] = [];
  for (const target of context.targets) {
    context.progress(`warm-up: ${target.name}`);
    const latencies = await oneAtATime(context, target, capacity.warmup);
    if (context.signal.aborted) break;
    const alone = quantile(latencies, 0.5);
    if (alone < objective.latencyMs) {
      searches.push({ target, start: stepOf(500 / alone, capacity.resolution), tried: [] });
      continue;
    }
    const why = latencies.length === 0 ? 'it answered none' : `one that is alone takes ${Math.round(alone)} ms`;
    const text = `${target.name} keeps ${formatObjective(objective)} at no rate: of ${capacity.warmup} requests, ${why}.`;
    context.event({ kind: 'note', time: now(), scenario: 'capacity', target: target.name, text });
  }
  return searches;
}
