import { drawFrom } from './draw.ts';
import { requestsOf, sharedCounts, type Traffic } from './traffic.ts';

/** The same traffic with so many times the requests, at the same times of the day. Exact times become random in their slots. */
export function scaled(traffic: Traffic, factor: number, seed: number): Traffic {
  if (factor === 1) return traffic;
  const draw = drawFrom(seed);
  const { times: _, ...rest } = traffic;
  const counts = sharedCounts(
    traffic.counts.map((count) => {
      // What is left of a request is one, as often as that.
      const wanted = count * factor;
      return Math.floor(wanted) + (draw() < wanted % 1 ? 1 : 0);
    }),
  );
  return { ...rest, counts };
}

/** The longest stretches of a sample; autoscalers need minutes to come to rest. */
const stretchSeconds = 3600;

/**
 * At most about so many requests of the traffic: whole stretches, evenly spread over it, and always the busiest. What
 * is short enough stays whole.
 */
export function sampled(traffic: Traffic, most: number): Traffic {
  const total = requestsOf(traffic);
  if (total <= most) return traffic;
  const { counts, slotSeconds, times: _, ...rest } = traffic;
  const length = Math.max(
    1,
    Math.min(Math.round(stretchSeconds / slotSeconds), Math.ceil((counts.length * most) / total / 4)),
  );
  const stretches = Math.ceil(counts.length / length);
  const sumOf = (stretch: number): number =>
    counts.subarray(stretch * length, (stretch + 1) * length).reduce((sum, count) => sum + count, 0);
  const every = Math.max(1, Math.round(total / most));
  const sums = Array.from({ length: stretches }, (_, stretch) => sumOf(stretch));
  const busiest = sums.indexOf(Math.max(...sums));
  const kept = sums.flatMap((_, stretch) => (stretch % every === busiest % every ? [stretch] : []));
  const joined = kept.flatMap((stretch) => [...counts.subarray(stretch * length, (stretch + 1) * length)]);
  return { ...rest, slotSeconds, counts: sharedCounts(joined) };
}
