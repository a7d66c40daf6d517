import { requestsOf, secondsOf, type Traffic } from './traffic.ts';

/** What traffic is like. Rates are requests a second. */
export interface TrafficSummary {
  source: string;
  requests: number;
  seconds: number;
  meanRate: number;
  /** The busiest slot's rate. */
  peakRate: number;
  peakToMean: number;
  /** Variance of the slots' counts over their mean: 1 for requests that know nothing of each other at one rate. */
  burstiness: number;
  /** Share of slots without a request. */
  idleShare: number;
  slotSeconds: number;
  /** Mean rates of equal stretches, for a figure. */
  shape: number[];
}

const shapePoints = 240;

export function summariseTraffic(traffic: Traffic): TrafficSummary {
  const { source, counts, slotSeconds } = traffic;
  const requests = requestsOf(traffic);
  const seconds = secondsOf(traffic);
  const mean = requests / counts.length;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
  const peak = counts.reduce((most, count) => Math.max(most, count), 0);
  return {
    source,
    requests,
    seconds,
    meanRate: requests / seconds,
    peakRate: peak / slotSeconds,
    peakToMean: peak / mean,
    burstiness: variance / mean,
    idleShare: counts.reduce((sum, count) => sum + Number(count === 0), 0) / counts.length,
    slotSeconds,
    shape: shapeOf(counts, slotSeconds, shapePoints),
  };
}

/** Mean rates of at most so many equal stretches. */
export function shapeOf(counts: Uint32Array, slotSeconds: number, points: number): number[] {
  const length = Math.ceil(counts.length / points);
  return Array.from({ length: Math.ceil(counts.length / length) }, (_, index) => {
    const stretch = counts.subarray(index * length, (index + 1) * length);
    return stretch.reduce((sum, count) => sum + count, 0) / (stretch.length * slotSeconds);
  });
}

const bars = '▁▂▃▄▅▆▇█';

/** A small figure for a terminal: the highest bar is the highest of the rates. */
export function sparkline(rates: readonly number[], width = 60): string {
  const perBar = Math.ceil(rates.length / width);
  const grouped = Array.from({ length: Math.ceil(rates.length / perBar) }, (_, index) =>
    Math.max(...rates.slice(index * perBar, (index + 1) * perBar)),
  );
  const most = Math.max(...grouped);
  return grouped.map((rate) => bars[most > 0 ? Math.round((rate / most) * (bars.length - 1)) : 0] ?? '').join('');
}
