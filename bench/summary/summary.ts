import type { Sample } from '../load/index.ts';
import type { Manifest, RunEvent, RunRecord } from '../record/index.ts';
import { type AutoscalingFigures, summariseAutoscaling } from './autoscaling.ts';
import { type ColdStartFigures, summariseColdStarts } from './cold-start.ts';
import { type Comparison, compareTargets } from './compare.ts';
import { type LatencyFigures, medianByBlock, summariseLatency } from './latency.ts';
import { countOutcomes, type Outcomes } from './outcomes.ts';
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
  /** Answered no photo, or in some scenario nothing at all, or failed more than one request in a hundred there. */
  failed: boolean;
  latency?: LatencyFigures;
  throughput?: ThroughputFigures;
  coldStart?: ColdStartFigures;
  autoscaling?: AutoscalingFigures;
  /** With one replica ready and no requests. */
  idle?: Footprint;
  /** With no replica: what stays for the next request to be answered at all. */
  atZero?: Footprint;
}

/** The figures of a run. An interval's bound that so few samples cannot give is null in summary.json. */
export interface Summary {
  targets: TargetSummary[];
  comparisons: Comparison[];
  notes: string[];
  /** How busy the client was in each scenario. */
  client: { scenario: string; cpuShare: number; loopDelayP99Ms: number }[];
}

/** The share of failed requests from which a target counts as failed. */
const failedShare = 0.01;

/** All figures of a run, from what its folder holds and nothing else. */
export function summarise({ manifest, samples, events }: RunRecord): Summary {
  const of = (target: string, scenario: string): Sample[] =>
    samples.filter((sample) => sample.target === target && sample.scenario === scenario);
  const eventsOf = (target: string, scenario: string): RunEvent[] =>
    events.filter((event) => event.target === target && 'scenario' in event && event.scenario === scenario);
  const blocks = (figure: (target: string) => Map<number, number>) =>
    manifest.targets.map(({ name }) => ({ name, byBlock: figure(name) }));
  return {
    targets: manifest.targets.map((target) => summariseTarget(target, samples, events, of, eventsOf)),
    comparisons: [
      ...compareTargets(
        'median latency',
        'ms',
        blocks((name) => medianByBlock(of(name, 'latency'))),
      ),
      ...compareTargets(
        'throughput',
        'per second',
        blocks((name) => rateByBlock(of(name, 'throughput'), eventsOf(name, 'throughput'))),
      ),
    ],
    client: events.flatMap((event) => {
      if (event.kind !== 'client') return [];
      const { scenario, cpuShare, loopDelayP99Ms } = event;
      return [{ scenario, cpuShare, loopDelayP99Ms }];
    }),
    notes: events.flatMap((event) => (event.kind === 'note' ? [event.text] : [])),
  };
}

function summariseTarget(
  { name, architecture, url }: Manifest['targets'][number],
  samples: readonly Sample[],
  events: readonly RunEvent[],
  of: (target: string, scenario: string) => Sample[],
  eventsOf: (target: string, scenario: string) => RunEvent[],
): TargetSummary {
  const own = samples.filter((sample) => sample.target === name);
  const answers = events.filter((event) => event.kind === 'answer').filter(({ target }) => target === name);
  return {
    name,
    architecture,
    url,
    answers,
    outcomes: countOutcomes(own),
    failed: hasFailed(own, answers, eventsOf, name),
    ...defined({
      latency: summariseLatency(of(name, 'latency')),
      throughput: summariseThroughput(of(name, 'throughput'), eventsOf(name, 'throughput')),
      coldStart: summariseColdStarts(of(name, 'cold-start')),
      autoscaling: summariseAutoscaling(of(name, 'autoscaling'), eventsOf(name, 'autoscaling')),
      idle: footprint(eventsOf(name, 'idle')),
      atZero: footprint(eventsOf(name, 'cold-start')),
    }),
  };
}

function hasFailed(
  samples: readonly Sample[],
  answers: TargetSummary['answers'],
  eventsOf: (target: string, scenario: string) => RunEvent[],
  name: string,
): boolean {
  if (!answers.some(({ status }) => status !== undefined && status < 300)) return true;
  return ['latency', 'throughput', 'cold-start', 'autoscaling'].some((scenario) => {
    const { attempts, succeeded } = countOutcomes(samples.filter((sample) => sample.scenario === scenario));
    const measured = eventsOf(name, scenario).some(({ kind }) => kind === 'block');
    return (measured && succeeded === 0) || attempts - succeeded > attempts * failedShare;
  });
}

function footprint(events: readonly RunEvent[]): Footprint | undefined {
  const last = events.findLast((event) => event.kind === 'resources');
  return last?.kind === 'resources' ? { memoryBytes: last.memoryBytes, processes: last.processes } : undefined;
}

/** Without the keys whose value is undefined. */
function defined<T extends object>(values: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
