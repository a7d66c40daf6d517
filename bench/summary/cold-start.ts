import { type Sample, succeeded } from '../load/index.ts';
import { eventsOf, type RunEvent, type RunRecord, samplesOf } from '../record/index.ts';
import { type Estimate, quantileEstimate } from '../stats/index.ts';
import { latencies } from './latency.ts';
import { countOutcomes, type Outcomes } from './outcomes.ts';

/** What a cold start is spent on, in this order; `end` is what ends a part, and `by` who tells that. */
const parts = [
  /** The platform asks for a replica. */
  { name: 'react', end: 'created', by: 'platform' },
  /** The replica gets a place: a node. */
  { name: 'schedule', end: 'scheduled', by: 'platform' },
  /** The place gets the replica's image, if it has not got it. */
  { name: 'pull', end: 'pulled', by: 'platform' },
  /** The container, the process. */
  { name: 'start', end: 'started', by: 'program' },
  /** The runtime and its imports, until the program begins to load the model. */
  { name: 'runtime', end: 'loading', by: 'program' },
  /** Loading the model and warming it. */
  { name: 'load', end: 'ready', by: 'program' },
  /** From a ready replica to the answer. */
  { name: 'first answer', end: 'answered', by: 'program' },
] as const;

export type ColdStartPart = (typeof parts)[number]['name'];

/**
 * One cold start in parts, in milliseconds and in their order; they add up to the latency of the first answer. Where the
 * end of a part is not known, its time is in the part after it.
 */
export interface ColdStartTrial {
  trial: number;
  parts: { name: ColdStartPart; ms: number }[];
}

/** What one part took, in milliseconds, over the trials of which it is known. */
export interface ColdStartPartFigures {
  name: ColdStartPart;
  median: Estimate;
  trials: number;
}

export interface ColdStartFigures extends Outcomes {
  /** Milliseconds from the request to its answer. */
  median: Estimate;
  p90: Estimate;
  least: number;
  greatest: number;
  /** Milliseconds until no replica was left, after a trial; absent in older runs, and with a single trial. */
  toZero?: Estimate;
  /** Trials answered by a replica that had been there before: no cold starts, and not in the figures. */
  warm: number;
  /** Trials whose replica said when it began to load and was ready; others have a total only. */
  trials: ColdStartTrial[];
  /** In their order; without those that no trial tells. */
  parts: ColdStartPartFigures[];
}

type Recorded = Pick<RunRecord, 'samples' | 'events'>;

/** The cold starts of one target; undefined when no trial succeeded. */
export function summariseColdStarts(run: Recorded, target: string): ColdStartFigures | undefined {
  const samples = samplesOf(run, target, 'cold-start');
  const cold = coldStarts(run, target);
  const values = latencies(cold);
  if (values.length === 0) return undefined;
  const events = eventsOf(run, target, 'cold-start');
  const toZero = waitsForZero(events);
  const trials = cold.filter(succeeded).flatMap((sample) => splitTrial(sample, events));
  return {
    ...countOutcomes(samples),
    median: quantileEstimate(values, 0.5),
    p90: quantileEstimate(values, 0.9),
    least: values[0] ?? Number.NaN,
    greatest: values.at(-1) ?? Number.NaN,
    ...(toZero.length === 0 ? {} : { toZero: quantileEstimate(toZero, 0.5) }),
    warm: samples.length - cold.length,
    trials,
    parts: parts.flatMap(({ name }) => summarisePart(name, trials)),
  };
}

/** Before the first trial there may have been nothing to wait for. Sorted. */
function waitsForZero(events: readonly RunEvent[]): number[] {
  return events
    .flatMap((event) => (event.kind === 'zero' && event.block > 0 ? [event.waitedMs] : []))
    .sort((a, b) => a - b);
}

function summarisePart(part: ColdStartPart, trials: readonly ColdStartTrial[]): ColdStartPartFigures[] {
  const known = trials.flatMap(({ parts }) => parts.flatMap(({ name, ms }) => (name === part ? [ms] : [])));
  if (known.length === 0) return [];
  return [{ name: part, median: quantileEstimate(known, 0.5), trials: known.length }];
}

/**
 * The trials of one target without those answered by a process that had been there before: one that has answered earlier
 * in the run, whatever its clock says, known by its replica's name and by when it says that it began to load. A replica
 * without a name is judged by its clock, which is ours where both are on one machine; one that tells no times, not at all.
 */
export function coldStarts({ samples, events }: Recorded, target: string): Sample[] {
  const seen = new Set(
    events.flatMap((event) => (event.kind === 'answer' && event.target === target ? (processOf(event) ?? []) : [])),
  );
  const cold: Sample[] = [];
  for (const sample of samples) {
    if (sample.target !== target) continue;
    const { replica, loading, sent } = sample;
    const known = processOf(sample);
    const warm =
      known === undefined ? replica === undefined && loading !== undefined && loading < sent : seen.has(known);
    if (sample.scenario === 'cold-start' && !warm) cold.push(sample);
    if (known !== undefined) seen.add(known);
  }
  return cold;
}

/** A name may be given again, as that of a pod in a StatefulSet is: the time tells its processes apart. */
function processOf({
  replica,
  loading,
}: {
  replica?: string | undefined;
  loading?: number | undefined;
}): string | undefined {
  return replica === undefined || loading === undefined ? undefined : `${loading} ${replica}`;
}

function splitTrial(sample: Sample, events: readonly RunEvent[]): ColdStartTrial[] {
  const { started, loading, ready, intended, answered } = sample;
  if (loading === undefined || ready === undefined) return [];
  // A clock that differs from ours splits nothing.
  if (loading < intended || ready < loading || answered < ready) return [];
  const steps = events.filter((event) => event.kind === 'start').find(({ block }) => block === sample.block);
  const running = started !== undefined && started >= intended && started <= loading ? started : undefined;
  const ends = { ...steps, started: running, loading, ready, answered };
  let from = intended;
  const split = parts.flatMap(({ name, end, by }) => {
    const to = ends[end];
    // A platform may tell a step too late to be true; its time is in the next part then.
    if (to === undefined || to < from || (by === 'platform' && to > (running ?? loading))) return [];
    const part = { name, ms: to - from };
    from = to;
    return [part];
  });
  return [{ trial: sample.block, parts: split }];
}
