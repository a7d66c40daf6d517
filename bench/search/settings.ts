import type { Settings } from '../record/index.ts';
import { stepOf } from './rates.ts';
import type { SearchSettings } from './search.ts';

/** A search in steps, from settings in rates. Where no upper bound is known, rates double. */
export function searchSettings({ resolution, confirmations, probes, maxRate }: Settings['capacity']): SearchSettings {
  return {
    growth: Math.max(1, stepOf(2, resolution)),
    highest: Math.floor(Math.log(maxRate) / Math.log1p(resolution)),
    confirmations,
    probes,
  };
}
