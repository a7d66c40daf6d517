import type { Summary, TargetSummary } from '../summary/index.ts';
import { type BreakEven, breakEvens, type Curve, logSpaced } from './break-even.ts';
import {
  type FunctionUse,
  functionGib,
  hourlyOnMachines,
  monthlyOnFunctions,
  monthlyOnMachines,
  requestsPerMonth,
  type Serving,
} from './model.ts';
import type { Prices } from './prices.ts';
import { functionUseOf, servingOf } from './serving.ts';

/** Money at one rate. */
export interface CostPoint {
  /** Requests a second, as the mean of a month. */
  rate: number;
  monthly: number;
  /** With the most and the least that the interval of the throughput allows; absent where it has no such bound. */
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

/** Costs of a run: estimates, from what was measured and from prices. */
export interface CostFigures {
  prices: Prices;
  curves: CostCurve[];
  breakEvens: (BreakEven & { a: string; b: string })[];
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
  const pairs = priced.flatMap((a, index) => priced.slice(index + 1).map((b) => ({ a, b })));
  return {
    prices,
    curves: priced.map(({ name, basis, monthly, low, high }) => ({
      name,
      basis,
      atRest: monthly(0),
      points: rates.map((rate) => ({
        rate,
        monthly: monthly(rate),
        ...(low === undefined ? {} : { low: low(rate) }),
        ...(high === undefined ? {} : { high: high(rate) }),
        perMillion: (monthly(rate) / requestsPerMonth(rate, prices)) * 1e6,
      })),
    })),
    breakEvens: pairs.flatMap(({ a, b }) =>
      breakEvens(a.monthly, b.monthly, rates).map((found) => ({ a: a.name, b: b.name, ...found })),
    ),
    basePattern: targets.flatMap((target) => patternDay(target, prices)),
  };
}

interface Priced extends Pick<CostCurve, 'name' | 'basis'> {
  monthly: Curve;
  low?: Curve;
  high?: Curve;
}

function machines(target: TargetSummary, prices: Prices): Priced[] {
  const { value, low: least, high: most } = target.throughput?.perSecond ?? {};
  const serving = servingOf(target, value);
  if (serving === undefined) return [];
  const curve = (perSecond: number | undefined): Curve | undefined => {
    // The replica stays what it is: only how many are needed is in doubt.
    if (perSecond === undefined || !Number.isFinite(perSecond) || perSecond <= 0 || !value) return undefined;
    const other = { ...serving, perSecond: (serving.perSecond * perSecond) / value };
    return (rate) => monthlyOnMachines(other, rate, prices);
  };
  const low = curve(most);
  const high = curve(least);
  return [
    {
      name: target.name,
      basis: { kind: 'machines', ...serving },
      monthly: (rate) => monthlyOnMachines(serving, rate, prices),
      ...(low === undefined ? {} : { low }),
      ...(high === undefined ? {} : { high }),
    },
  ];
}

/** A day of the burst on a base, with as many replicas as it was seen to take; nobody has told otherwise of a server. */
function patternDay(target: TargetSummary, prices: Prices): CostFigures['basePattern'] {
  const { name, baseBurst, throughput } = target;
  const serving = servingOf(target, throughput?.perSecond.value);
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
    return [{ name: cloudFunctions, basis, monthly: (rate) => monthlyOnFunctions(use, rate, prices) }];
  }
  return [];
}
