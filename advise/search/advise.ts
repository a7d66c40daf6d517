import type { Objective, Prices } from '../../bench/index.ts';
import type { Model } from '../model/index.ts';
import { meanOf, Simulators, stretched } from '../simulate/index.ts';
import { requestsOf, sampled, scaled, summariseTraffic, type Traffic, type TrafficSummary } from '../traffic/index.ts';
import { candidatesFor, type Family, serverOf } from './candidate.ts';
import { type Choice, choose } from './choose.ts';
import { evaluate, type Given, holds, limitsMs, type Result } from './evaluate.ts';

export interface AdviseOptions extends Omit<Given, 'simulators'> {
  traffic: Traffic;
  /** Requests of a simulation by which candidates are chosen; the chosen are confirmed on all of the traffic. */
  sampleRequests: number;
  /** Times the rate at which the search is done again. */
  factors: readonly number[];
  /** How many simulate at once; the advice is the same with any number. */
  threads: number;
  onProgress?: (what: string, done: number, of: number) => void;
}

/** What is best at one multiple of the traffic. */
export interface AtRate {
  factor: number;
  rate: number;
  results: Result[];
  choices: Choice[];
}

/** Where the answer becomes another one. */
export interface Flip {
  of: 'rate' | 'price of functions' | 'price of machines' | 'cold start' | 'objective';
  /** The answer holds until here; from `to` on it is the other one. Factors, or ms for the objective. */
  from: number;
  to: number;
  becomes: Family | undefined;
}

/** A measurement whose interval could make the answer another one, and the run that would narrow it. */
export interface Doubt {
  of: string;
  becomes: Family | undefined;
  run: string;
}

export interface Advice {
  traffic: TrafficSummary;
  objective: Objective;
  prices: Prices;
  seed: number;
  assumed: string[];
  /** Cheapest first; the first is the advice. Empty where nothing holds the objective. */
  choices: Choice[];
  /** What is to blame where nothing does. */
  blame: string | undefined;
  flips: Flip[];
  doubts: Doubt[];
  rates: AtRate[];
  /** Whether candidates were chosen by a part of the traffic. */
  wasSampled: boolean;
}

/** Finds for each way to serve the cheapest settings that hold the objective, and what would change the answer. */
export async function advise(options: AdviseOptions): Promise<Advice> {
  const simulators = new Simulators(options.threads);
  try {
    return await adviseBy({ ...options, simulators });
  } finally {
    await simulators.close();
  }
}

async function adviseBy(options: AdviseOptions & Given): Promise<Advice> {
  const { traffic, model, objective, prices, seed, simulators, sampleRequests, factors, onProgress } = options;
  const given: Given = { model, objective, prices, seed, simulators };
  const scenarios = scenariosOf(model);
  const steps = factors.length + scenarios.length;
  let step = 0;
  const search = async (factor: number, over: Model, what: string): Promise<AtRate> => {
    onProgress?.(what, step++, steps);
    const own = sampled(scaled(traffic, factor, seed), sampleRequests);
    const summary = summariseTraffic(own);
    const results = await evaluate(own, candidatesFor(over, summary), { ...given, model: over });
    await refineServer(own, results, { ...given, model: over });
    return { factor, rate: summary.meanRate, results, choices: choose(results, prices, objective) };
  };
  const rates: AtRate[] = [];
  for (const factor of factors) rates.push(await search(factor, model, `rate × ${factor}`));
  const here = rates.find(({ factor }) => factor === 1);
  if (here === undefined) throw new Error('the rate as it is must be among the factors');
  const wasSampled = requestsOf(traffic) > sampleRequests;
  const choices = wasSampled ? await confirm(traffic, here, given, onProgress) : here.choices;
  const winner = choices[0]?.family;
  const changed: (Scenario & { winner: Family | undefined })[] = [];
  for (const each of scenarios)
    changed.push({ ...each, winner: (await search(1, each.model, each.name)).choices[0]?.family });
  return {
    traffic: summariseTraffic(traffic),
    objective,
    prices,
    seed,
    assumed: model.assumed,
    choices,
    blame: winner === undefined ? blame(here.results, given) : undefined,
    flips: [
      ...rateFlips(rates, winner),
      ...priceFlips(here.results, given, winner),
      ...objectiveFlips(here.results, given, winner),
      ...coldStartFlips(changed, winner),
    ],
    doubts: changed.flatMap(({ run, doubt, winner: other }) =>
      run === undefined || other === winner ? [] : [{ of: doubt, becomes: other, run }],
    ),
    rates: rates.map((each) => (each === here ? { ...here, choices } : each)),
    wasSampled,
  };
}

/** The fewest fixed replicas that hold the objective, between two that were tried; it is added to the results. */
async function refineServer(traffic: Traffic, results: Result[], given: Given): Promise<void> {
  const own = results.filter(({ family }) => family === 'server');
  const replicas = (result: Result): number => result.settings['replicas'] ?? 0;
  const able = own.filter((result) => holds(result, given.objective, given.objective)).map(replicas);
  let high = Math.min(...able);
  let low = Math.max(0, ...own.map(replicas).filter((count) => count < high));
  if (!Number.isFinite(high)) return;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const tried = await evaluate(traffic, [serverOf(given.model, middle)], given);
    results.push(...tried);
    if (tried.some((result) => holds(result, given.objective, given.objective))) high = middle;
    else low = middle;
  }
}

/** Simulates the chosen settings on all of the traffic; a family whose settings fail there takes its next dearer ones. */
async function confirm(
  traffic: Traffic,
  here: AtRate,
  given: Given,
  onProgress: AdviseOptions['onProgress'],
): Promise<Choice[]> {
  const total = requestsOf(traffic);
  const confirmed: Result[] = [];
  let left = here.results;
  for (let round = 0; round < confirmRounds; round += 1) {
    const open = choose(left, given.prices, given.objective).filter(
      ({ family }) => !confirmed.some((result) => result.family === family),
    );
    if (open.length === 0) break;
    const tried = open.map(({ result }) => result);
    const whole = await evaluate(traffic, tried, given, (done) =>
      onProgress?.('all of the traffic', done, total * tried.length),
    );
    confirmed.push(...whole.filter((result) => holds(result, given.objective, given.objective)));
    left = left.filter((result) => !tried.includes(result));
  }
  return choose(confirmed, given.prices, given.objective);
}

const confirmRounds = 4;

interface Scenario {
  name: string;
  model: Model;
  /** Times the cold start, where that is what is changed. */
  coldStart?: number;
  doubt: string;
  /** What would narrow it; absent where it is not a doubt. */
  run?: string;
}

/** The model with other cold starts, and at the ends of what the run's intervals allow. */
function scenariosOf(model: Model): Scenario[] {
  const { doubt } = model;
  const cold = [0.25, 0.5, 2, 4].map((factor) => ({
    name: `cold start × ${factor}`,
    model: changed(model, 1, factor),
    coldStart: factor,
    doubt: '',
  }));
  const service = [doubt.service.low, doubt.service.high].map((factor) => ({
    name: 'doubt of the latency',
    model: changed(model, factor, 1),
    doubt: `the latency (${percent(factor)} of what was measured is possible)`,
    run: 'faceoff run --profile paper --scenario latency',
  }));
  const start = [doubt.start.low, doubt.start.high].map((factor) => ({
    name: 'doubt of the cold start',
    model: changed(model, 1, factor),
    doubt: `the cold start (${percent(factor)} of what was taken is possible)`,
    run: 'faceoff run --profile paper --scenario cold-start',
  }));
  return [...cold, ...service, ...start];
}

const percent = (factor: number): string => `${Math.round(factor * 100)} %`;

function changed(model: Model, service: number, start: number): Model {
  const side = (own: Model['server']): Model['server'] => ({
    ...own,
    service: stretched(own.service, service),
    start: stretched(own.start, start),
    serving: { ...own.serving, perSecond: own.serving.perSecond / service },
  });
  return { ...model, server: side(model.server), function: side(model.function) };
}

function rateFlips(rates: readonly AtRate[], winner: Family | undefined): Flip[] {
  const sorted = rates.toSorted((a, b) => a.factor - b.factor);
  const up = sorted.filter(({ factor }) => factor >= 1);
  const down = sorted.filter(({ factor }) => factor <= 1).toReversed();
  return [up, down].flatMap((way) => {
    const index = way.findIndex(({ choices }) => choices[0]?.family !== winner);
    const [before, at] = [way[index - 1], way[index]];
    return before === undefined || at === undefined
      ? []
      : [{ of: 'rate' as const, from: before.factor, to: at.factor, becomes: at.choices[0]?.family }];
  });
}

/** Up to a hundredth of, and a hundred times, a price. */
const priceSteps = Array.from({ length: 40 }, (_, step) => 10 ** ((step + 1) / 20));

function priceFlips(results: readonly Result[], given: Given, winner: Family | undefined): Flip[] {
  return (['price of functions', 'price of machines'] as const).flatMap((of) =>
    [1, -1].flatMap((direction) => {
      const factors = priceSteps.map((factor) => factor ** direction);
      const at = (factor: number) => choose(results, priced(given.prices, of, factor), given.objective)[0]?.family;
      const index = factors.findIndex((factor) => at(factor) !== winner);
      const to = factors[index];
      return to === undefined ? [] : [{ of, from: factors[index - 1] ?? 1, to, becomes: at(to) }];
    }),
  );
}

export function priced(prices: Prices, of: 'price of functions' | 'price of machines', factor: number): Prices {
  const { machine, functions } = prices;
  return of === 'price of machines'
    ? { ...prices, machine: { ...machine, vcpuHour: machine.vcpuHour * factor, gibHour: machine.gibHour * factor } }
    : {
        ...prices,
        functions: {
          ...functions,
          gibSecond: functions.gibSecond * factor,
          millionRequests: functions.millionRequests * factor,
        },
      };
}

function objectiveFlips(results: readonly Result[], { prices, objective }: Given, winner: Family | undefined): Flip[] {
  const at = (latencyMs: number) => choose(results, prices, { ...objective, latencyMs }, objective)[0]?.family;
  const up = limitsMs.filter((limit) => limit > objective.latencyMs);
  const down = limitsMs.filter((limit) => limit < objective.latencyMs).toReversed();
  return [up, down].flatMap((limits) => {
    const index = limits.findIndex((limit) => at(limit) !== winner);
    const to = limits[index];
    return to === undefined
      ? []
      : [{ of: 'objective' as const, from: limits[index - 1] ?? objective.latencyMs, to, becomes: at(to) }];
  });
}

function coldStartFlips(
  changes: readonly (Scenario & { winner: Family | undefined })[],
  winner: Family | undefined,
): Flip[] {
  const of = 'cold start' as const;
  const cold = changes.filter((each): each is typeof each & { coldStart: number } => each.coldStart !== undefined);
  const up = cold.filter(({ coldStart }) => coldStart > 1).toSorted((a, b) => a.coldStart - b.coldStart);
  const down = cold.filter(({ coldStart }) => coldStart < 1).toSorted((a, b) => b.coldStart - a.coldStart);
  return [up, down].flatMap((way) => {
    const index = way.findIndex((each) => each.winner !== winner);
    const at = way[index];
    return at === undefined ? [] : [{ of, from: way[index - 1]?.coldStart ?? 1, to: at.coldStart, becomes: at.winner }];
  });
}

/** Which limit no settings can keep. */
function blame(results: readonly Result[], { model, objective }: Given): string {
  const { latencyMs, quantile } = objective;
  const { service } = model.server;
  const within =
    service.kind === 'measured'
      ? service.seconds.filter((each) => each * 1000 < latencyMs).length / service.seconds.length
      : 1;
  if (within < quantile) {
    return `An answer alone takes too long: without any waiting, ${(within * 100).toFixed(1)} % are within ${latencyMs} ms, and the objective asks for ${quantile * 100} % (the mean is ${(meanOf(service) * 1000).toFixed(1)} ms).`;
  }
  const best = results.reduce((most, each) => (each.good > most.good ? each : most));
  return best.failed >= objective.errorShare
    ? `Failures: at best ${(best.failed * 100).toFixed(2)} % of requests fail, with more replicas than were tried needed for the peak.`
    : `Waiting: at best ${(best.good * 100).toFixed(2)} % of requests are within ${latencyMs} ms; the peak asks for more replicas than were tried.`;
}
