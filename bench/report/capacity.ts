import type { CapacityFigures, RateFigures, Summary, TargetSummary } from '../summary/index.ts';
import { baseAlone } from './base-alone.ts';
import { counted, duration, estimate, number, perSecond } from './format.ts';
import type { Table } from './tables/index.ts';

type Capable = Pick<TargetSummary, 'name' | 'capacity'>;

/** What the search has found of one target, in a sentence. */
export function describeCapacity({ name, capacity }: Capable): string {
  if (capacity === undefined) return '';
  return `${name} ${keeps(capacity)}.`;
}

/** One sentence for the verdict: how many requests a second each target serves well; none where nothing was found. */
export function capacityReasons(targets: readonly Capable[]): string[] {
  const found = targets.flatMap(({ name, capacity }) => {
    if (capacity?.perSecond === undefined || capacity.state === 'open') return [];
    const more = capacity.state === 'at least' ? ' or more' : '';
    const text = `${name} up to ${number(capacity.perSecond.value)}${more} requests a second`;
    return [{ objective: capacity.objective, text }];
  });
  const [first] = found;
  return first === undefined
    ? []
    : [`One replica keeps ${first.objective}: ${found.map(({ text }) => text).join(', ')}.`];
}

/** The capacity of each target, and how it was found; absent when nothing was probed. */
export function capacityTable({ targets }: Summary): Table | undefined {
  const [first] = targets.flatMap(({ capacity }) => (capacity === undefined ? [] : [capacity]));
  if (first === undefined) return undefined;
  const row = (label: string, cell: (capacity: CapacityFigures) => string | undefined) => [
    label,
    ...targets.map(({ capacity }) => (capacity === undefined ? '–' : (cell(capacity) ?? '–'))),
  ];
  const at = (capacity: CapacityFigures): RateFigures | undefined =>
    capacity.curve.find((point) => point.rate === capacity.perSecond?.value);
  return {
    title: 'Capacity',
    caption: `The highest rate of random arrivals at which ${first.objective}, with one replica and autoscaling off. It was kept in every one of its last probes, and the next rate was broken twice; between the two lies what the search does not tell. Latencies are those of the answered in all probes at the highest rate, also of one that broke it by a hiccup.${baseAlone(targets)}`,
    columns: ['Figure', ...targets.map(({ name }) => name)],
    rows: [
      row(
        'Highest rate kept',
        (capacity) => capacity.perSecond && `${perSecond(capacity.perSecond.value)}${doubt(capacity)}`,
      ),
      row('Next rate, broken', ({ perSecond: found }) =>
        found !== undefined && Number.isFinite(found.high) ? perSecond(found.high) : undefined,
      ),
      row('Median latency at the highest rate', (capacity) => shown(at(capacity)?.median)),
      row('At the objective’s percentile', (capacity) => shown(at(capacity)?.atQuantile)),
      row('Requests failed at that rate', (capacity) => {
        const point = at(capacity);
        return point && `${number(point.attempts - point.succeeded)} of ${number(point.attempts)}`;
      }),
      row('Client late at that rate, 99th percentile', (capacity) => {
        const point = at(capacity);
        return point && duration(point.latenessP99Ms);
      }),
      row('Replicas, at most', ({ replicas }) => (replicas === undefined ? undefined : number(replicas))),
      row('Probes', ({ probes, voidProbes }) =>
        voidProbes === 0 ? number(probes) : `${number(probes)}, ${voidProbes} of them void: the client sent too late`,
      ),
      row('Probes above the highest rate that kept the objective', (capacity) => {
        const { kept, probes } = above(capacity);
        return `${number(kept)} of ${number(probes)}`;
      }),
      row('Requests without an answer when probes were given up', ({ underway }) => number(underway)),
    ],
  };
}

/** What the probes at higher rates than the one that was found have shown. */
function above({ curve, perSecond: found }: CapacityFigures): Pick<RateFigures, 'kept' | 'probes'> {
  const higher = curve.filter(({ rate }) => rate > (found?.value ?? 0));
  const sum = (key: 'kept' | 'probes') => higher.reduce((total, point) => total + point[key], 0);
  return { kept: sum('kept'), probes: sum('probes') };
}

function shown(of: RateFigures['median']): string | undefined {
  return of && estimate(of, duration);
}

function doubt({ state, clientLimited }: CapacityFigures): string {
  if (state === 'open') return ', not confirmed';
  if (clientLimited) return ' or more: the client could not send faster';
  return state === 'at least' ? ' or more' : '';
}

function keeps(capacity: CapacityFigures): string {
  const { state, perSecond: found, objective, probes, curve, clientLimited } = capacity;
  const lowest = curve[0];
  if (found === undefined) {
    const from = lowest === undefined ? '' : `, not even at ${perSecond(lowest.rate)}`;
    return state === 'none' ? `does not keep ${objective}${from}` : `was not seen to keep ${objective}`;
  }
  const kept = `keeps ${objective} up to ${perSecond(found.value)}`;
  if (state === 'open') return `${kept}, but the search was not over after ${counted(probes, 'probe')}`;
  if (clientLimited) return `${kept} or more: the client could not send faster on time`;
  if (state === 'at least') return `${kept} or more: nothing higher was tried`;
  const higher = above(capacity);
  const mixed =
    higher.kept === 0 ? '' : `, though ${higher.kept} of ${counted(higher.probes, 'probe')} above kept it too`;
  return `${kept} and breaks it at ${perSecond(found.high)}${mixed}`;
}
