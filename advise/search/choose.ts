import type { Objective, Prices } from '../../bench/index.ts';
import { type Family, families } from './candidate.ts';
import { holds, monthly, type Result } from './evaluate.ts';

/** The cheapest settings of one way to serve that hold the objective. */
export interface Choice {
  family: Family;
  result: Result;
  monthly: number;
}

/** The cheapest of each family that holds the objective, cheapest first; families that cannot are left out. */
export function choose(
  results: readonly Result[],
  prices: Prices,
  objective: Objective,
  simulated: Objective = objective,
): Choice[] {
  const able = results.filter((result) => holds(result, objective, simulated));
  return (Object.keys(families) as Family[])
    .flatMap((family) => {
      const own = able.filter((result) => result.family === family);
      const priced = own.map((result) => ({ family, result, monthly: monthly(result.take, prices) }));
      return priced.length === 0 ? [] : [priced.reduce((best, each) => (each.monthly < best.monthly ? each : best))];
    })
    .toSorted((a, b) => a.monthly - b.monthly);
}
