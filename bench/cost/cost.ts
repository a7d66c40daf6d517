import type { Summary, TargetSummary } from '../summary/index.ts';
import {
  type Band,
  type BreakEven,
  breakEvensOf,
  type Curve,
  logSpaced,
  type Stretch,
  stretchesOf,
} from './break-even.ts';
import {
  type FunctionUse,
  functionGib,
  hourlyOnMachines,
  monthlyOnFunctions,
  monthlyOnMachines,
  requestsPerMonth,
  type Serving,
  stepsBetween,
} from './model.ts';
import type { Prices } from './prices.ts';
import { type Ends, functionUseOf, servingOf } from './serving.ts';

/** Money at one rate. */
export interface CostPoint {
  /** Requests a second, as the mean of a month. */
  rate: number;
  monthly: number;
  /** The least and the most that what was measured allows; absent where it gives no such bound. */
  low?: number;
  high?: number;
  perMillion: number;
}

/** What one way to serve costs, by the rate. */
export interface CostCurve {
  name: string;
  /** Money a month without requests. */
  atRest: number;
  points: CostPoint[];
  /** What it follows from. */
  basis: ({ kind: 'machines' } & Serving) | ({ kind: 'functions'; of: string; givenGib: number } & FunctionUse);
}

/** Which of two ways to serve is cheaper, where a difference is shown. */
export interface CostPair {
  a: string;
  b: string;
  stretches: Stretch[];
  breakEvens: BreakEven[];
}

/** Costs of a run: estimates, from what was measured and from prices. */
export interface CostFigures {
  prices: Prices;
  curves: CostCurve[];
  /** Any two of the curves, in their order; without those of which one has no band. */
  pairs: CostPair[];
  /** Money for a day in which the burst on a base comes again and again, by target; empty where it was not run. */
  basePattern: { name: string; perDay: number }[];
}

/** Requests a second: one in a quarter of an hour, and a thousand. */
const range = { from: 0.001, to: 1000, count: 121 };

/** How the reference is called; no target has a blank in its name. */
export const cloudFunctions = 'cloud functions';

/** The costs of all targets whose resources and throughput are known; undefined if there is none. */
export function estimateCost({ targets }: Summary, prices: Prices): CostFigures | undefined {
  const rates = logSpaced(range.from, range.to, range.count);
  const priced = [...targets.flatMap((target) => machines(target, prices)), ...reference(targets, prices)];
  if (!priced.some(({ basis }) => basis.kind === 'machines')) return undefined;
  return {
    prices,
    curves: priced.map(({ name, basis, monthly, band }) => ({
      name,
      basis,
      atRest: monthly(0),
      points: rates.map((rate) => ({
        rate,
        monthly: monthly(rate),
        ...(band === undefined ? {} : { low: band.low(rate), high: band.high(rate) }),
        perMillion: (monthly(rate) / requestsPerMonth(rate, prices)) * 1e6,
      })),
    })),
    pairs: priced.flatMap((a, index) => priced.slice(index + 1).flatMap((b) => pairOf(a, b, rates))),
    basePattern: targets.flatMap((target) => patternDay(target, prices)),
  };
}

interface Priced extends Pick<CostCurve, 'name' | 'basis'> {
  monthly: Curve;
  band?: Omit<Band, 'monthly'>;
}

function pairOf(a: Priced, b: Priced, rates: readonly number[]): CostPair[] {
  if (a.band === undefined || b.band === undefined) return [];
  const bands = [a, b].map(({ monthly, band }) => ({ monthly, ...band }) as Band) as [Band, Band];
  const stretches = stretchesOf(...bands, rates);
  return [{ a: a.name, b: b.name, stretches, breakEvens: breakEvensOf(...bands, stretches) }];
}

function machines(target: TargetSummary, prices: Prices): Priced[] {
  const serving = servingOf(target);
  if (serving === undefined) return [];
  const priced =
    (each: Serving): Curve =>
    (rate) =>
      monthlyOnMachines(each, rate, prices);
  return [
    {
      name: target.name,
      basis: { kind: 'machines', ...serving },
      monthly: priced(serving),
      ...bandOf((ends) => servingOf(target, ends), priced, stepsOf(target, serving, prices)),
    },
  ];
}

/** The throughputs at which, between its ends, a replica comes or goes, at a rate. */
function stepsOf({ throughput }: TargetSummary, serving: Serving, prices: Prices): (rate: number) => number[] {
  const { perSecond, replicas = 1 } = throughput ?? {};
  if (perSecond === undefined) return () => [];
  const ends = { low: perSecond.low / replicas, high: perSecond.high / replicas };
  return (rate) => stepsBetween(serving, ends, rate, prices).map((each) => each * replicas);
}

/** The value too: a function's memory comes in whole MiB. */
const paces = ['low', 'value', 'high'] as const;

/**
 * The least and the most of a cost over the intervals that it follows from; nothing where one has no end. A cost is less
 * with less memory and with less CPU for a request, but not always with a higher pace: the replica that reaches it needs
 * more CPU, and replicas come in whole numbers, so the extremes may lie between its ends.
 *
 * @param steps the paces at which, at a rate, the cost jumps.
 */
function bandOf<Measured>(
  measured: (ends: Ends) => Measured | undefined,
  priced: (measured: Measured) => Curve,
  steps: (rate: number) => readonly number[] = () => [],
): Pick<Priced, 'band'> {
  const curve = (pace: Ends['pace'], end: 'low' | 'high'): Curve[] => {
    const each = measured({ pace, cpu: end, memory: end });
    return each === undefined ? [] : [priced(each)];
  };
  const [least, most] = (['low', 'high'] as const).map((end) => paces.flatMap((pace) => curve(pace, end)));
  if (least?.length !== paces.length || most?.length !== paces.length) return {};
  const costs = (curves: readonly Curve[], end: 'low' | 'high', rate: number): number[] =>
    [...curves, ...steps(rate).flatMap((pace) => curve(pace, end))].map((each) => each(rate));
  return {
    band: {
      low: (rate) => Math.min(...costs(least, 'low', rate)),
      high: (rate) => Math.max(...costs(most, 'high', rate)),
    },
  };
}

/** A day of the burst on a base, with as many replicas as it was seen to take; nobody has told otherwise of a server. */
function patternDay(target: TargetSummary, prices: Prices): CostFigures['basePattern'] {
  const { name, baseBurst } = target;
  const serving = servingOf(target);
  if (baseBurst === undefined || serving === undefined) return [];
  const { meanRate: rate, meanReplicas: replicas = 1 } = baseBurst;
  return [{ name, perDay: hourlyOnMachines(serving, { rate, replicas }, prices) * 24 }];
}

/** One line for a cloud's functions, from the target whose latency has no gateway in it, if there is one. */
function reference(targets: readonly TargetSummary[], prices: Prices): Priced[] {
  const direct = targets.toSorted((a, b) => Number(b.architecture === 'server') - Number(a.architecture === 'server'));
  for (const target of direct) {
    const use = functionUseOf(target);
    if (use === undefined) continue;
    const basis = { kind: 'functions' as const, of: target.name, givenGib: functionGib(use, prices), ...use };
    const priced =
      (each: FunctionUse): Curve =>
      (rate) =>
        monthlyOnFunctions(each, rate, prices);
    return [
      {
        name: cloudFunctions,
        basis,
        monthly: priced(use),
        ...bandOf((ends) => functionUseOf(target, ends), priced),
      },
    ];
  }
  return [];
}
