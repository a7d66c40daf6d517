import { type Sample, succeeded } from '../load/index.ts';
import { eventsOf, type Manifest, type RunEvent, type RunRecord, samplesOf } from '../record/index.ts';
import type { Estimate } from '../stats/index.ts';
import { type AutoscalingFigures, summariseAutoscaling } from './autoscaling.ts';
import { type BaseBurstFigures, summariseBaseBurst } from './base-burst.ts';
import { type BurstFigures, summariseBurst } from './burst.ts';
import { type CapacityFigures, summariseCapacity } from './capacity.ts';
import { type ClientLoad, clientLoads } from './client.ts';
import { type ColdStartFigures, summariseColdStarts } from './cold-start.ts';
import { type Comparison, compareTargets } from './compare.ts';
import { type LatencyFigures, latenciesByBlock, medianByBlock, summariseLatency } from './latency.ts';
import { type LateSending, latenesses } from './lateness.ts';
import { countOutcomes, failureShare, type Outcomes } from './outcomes.ts';
import { type ResourceFigures, summariseResources } from './resources.ts';
import { type Silence, silences } from './silences.ts';
import { rateByBlock, summariseThroughput, type ThroughputFigures } from './throughput.ts';

/** Memory in bytes and processes of all parts that a target needs. */
export interface Footprint {
  memoryBytes: number;
  processes: number;
}

export interface TargetSummary {
  name: string;
  architecture: Manifest['targets'][number]['architecture'];
  url: string;
  /** What the photos were taken for, before anything was measured. */
  answers: Extract<RunEvent, { kind: 'answer' }>[];
  outcomes: Outcomes;
  /** Those without capacity and bursts, which overload a target on purpose. */
  calmOutcomes: Outcomes;
  /** Of these, the share that failed; absent when nothing was sent. */
  calmFailedShare?: Estimate;
  /**
   * Answered no photo, or in some scenario nothing at all, or failed more than one request in a hundred there, or all of
   * its last; capacity and burst do not count.
   */
  failed: boolean;
  /** Ends of scenarios in which nothing succeeded any more. */
  silences: Silence[];
  latency?: LatencyFigures;
  throughput?: ThroughputFigures;
  coldStart?: ColdStartFigures;
  autoscaling?: AutoscalingFigures;
  capacity?: CapacityFigures;
  burst?: BurstFigures;
  baseBurst?: BaseBurstFigures;
  /** Each part by itself. */
  resources?: ResourceFigures;
  /** As deployed, without requests. */
  idle?: Footprint;
  /** With no replica: what stays for the next request to be answered at all. */
  atZero?: Footprint;
}

/** The figures of a run. An interval's bound that so few samples cannot give is null in summary.json. */
export interface Summary {
  targets: TargetSummary[];
  comparisons: Comparison[];
  notes: string[];
  client: ClientLoad[];
  lateness: LateSending[];
}

/** The share of failed requests from which a target counts as failed. */
const failedShare = 0.01;

/** Scenarios that ask for more than a target can do, to see how much that is: what breaks there is a finding. */
export const overloading: readonly string[] = ['capacity', 'burst', 'base-burst'];

/** All figures of a run, from what its folder holds and nothing else. */
export function summarise(run: RunRecord): Summary {
  const { targets } = run.manifest;
  const blocks = <Value>(figure: (target: string) => Map<number, Value>) =>
    targets.map(({ name }) => ({ name, byBlock: figure(name) }));
  return {
    targets: targets.map((target) => summariseTarget(target, run)),
    comparisons: compareTargets(
      blocks((name) => medianByBlock(samplesOf(run, name, 'latency'))),
      blocks((name) => latenciesByBlock(samplesOf(run, name, 'latency'))),
      blocks((name) => rateByBlock(samplesOf(run, name, 'throughput'), eventsOf(run, name, 'throughput'))),
    ),
    client: clientLoads(run.events),
    lateness: latenesses(run),
    notes: run.events.flatMap((event) => (event.kind === 'note' ? [event.text] : [])),
  };
}

function summariseTarget({ name, architecture, url }: Manifest['targets'][number], run: RunRecord): TargetSummary {
  const samples = (scenario: string): Sample[] => samplesOf(run, name, scenario);
  const events = (scenario: string): RunEvent[] => eventsOf(run, name, scenario);
  const { settings } = run.manifest;
  const own = run.samples.filter((sample) => sample.target === name);
  const calmSamples = own.filter(({ scenario }) => !overloading.includes(scenario));
  const calm = run.manifest.scenarios.filter((each) => !overloading.includes(each));
  const answers = run.events.filter((event) => event.kind === 'answer').filter(({ target }) => target === name);
  return {
    name,
    architecture,
    url,
    answers,
    outcomes: countOutcomes(own),
    calmOutcomes: countOutcomes(calmSamples),
    failed:
      !answers.some(succeeded) ||
      calm.some((each) => hasFailed(samples(each), events(each))) ||
      silences(own, calm).some(({ lastedMs }) => lastedMs >= deadMs),
    silences: silences(own, run.manifest.scenarios),
    ...defined({
      calmFailedShare: failureShare(calmSamples),
      latency: summariseLatency(samples('latency')),
      throughput: summariseThroughput(samples('throughput'), events('throughput')),
      coldStart: summariseColdStarts(run, name),
      autoscaling: summariseAutoscaling(samples('autoscaling'), events('autoscaling')),
      capacity: summariseCapacity(samples('capacity'), events('capacity'), settings),
      burst: summariseBurst(samples('burst'), events('burst'), settings),
      baseBurst: summariseBaseBurst(samples('base-burst'), events('base-burst'), settings),
      resources: summariseResources(events('idle'), events('throughput')),
      idle: footprint(events('idle')),
      atZero: footprint(events('cold-start')),
    }),
  };
}

/** Silent for so many milliseconds, a target is dead; what is refused for a moment may be a restart. */
const deadMs = 1000;

/** Whether nothing was answered in a scenario that was measured, or too much failed there. */
function hasFailed(samples: readonly Sample[], events: readonly RunEvent[]): boolean {
  const { attempts, succeeded: successes } = countOutcomes(samples);
  const measured = events.some(({ kind }) => kind === 'block');
  return (measured && successes === 0) || attempts - successes > attempts * failedShare;
}

function footprint(events: readonly RunEvent[]): Footprint | undefined {
  const last = events.findLast((event) => event.kind === 'resources');
  if (last?.kind !== 'resources') return undefined;
  const sum = (key: 'memoryBytes' | 'processes'): number => last.parts.reduce((total, part) => total + part[key], 0);
  return { memoryBytes: sum('memoryBytes'), processes: sum('processes') };
}

/** Without the keys whose value is undefined. */
function defined<T extends object>(values: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
