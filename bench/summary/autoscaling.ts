import { type Sample, succeeded } from '../load/index.ts';
import type { RunEvent } from '../record/index.ts';
import { inStretches, type LatencyFigures, summariseLatency } from './latency.ts';

/** A point of a series; seconds count from the start of the load. */
export interface Point {
  seconds: number;
  value: number;
}

export interface AutoscalingFigures {
  latency?: LatencyFigures;
  /** Requests answered in each second, by the second they were answered in. */
  succeeded: Point[];
  failed: Point[];
  /** Ready replicas as they were read. */
  replicas: Point[];
  loadSeconds: number;
  peakReplicas?: number;
  /** Seconds from the start of the load until the peak was first seen. */
  peakAfterSeconds?: number;
  /** Seconds from the end of the load until the replicas were back where they had been before it. */
  backAfterSeconds?: number;
}

/** The load is one block; intervals come from as many stretches of it. */
const stretches = 20;

/** The load as blocks for intervals. */
export function loadStretches(samples: readonly Sample[]): Sample[] {
  return inStretches(samples, stretches);
}

/** What one target did while load came and went; undefined when no load was sent. */
export function summariseAutoscaling(
  samples: readonly Sample[],
  events: readonly RunEvent[],
): AutoscalingFigures | undefined {
  const start = events.find((event) => event.kind === 'load' && event.edge === 'start')?.time;
  if (start === undefined || samples.length === 0) return undefined;
  const lastAnswer = samples.reduce((last, sample) => Math.max(last, sample.answered), start);
  const end = events.find((event) => event.kind === 'load' && event.edge === 'end')?.time ?? lastAnswer;
  const replicas = events
    .filter((event) => event.kind === 'replicas')
    .map(({ time, ready }) => ({ seconds: (time - start) / 1000, value: ready }));
  const latency = summariseLatency(loadStretches(samples));
  return {
    ...(latency === undefined ? {} : { latency }),
    succeeded: perSecond(samples.filter(succeeded), start),
    failed: perSecond(
      samples.filter((sample) => !succeeded(sample)),
      start,
    ),
    replicas,
    loadSeconds: (end - start) / 1000,
    ...replicaTimes(replicas, (end - start) / 1000),
  };
}

function replicaTimes(
  replicas: readonly Point[],
  loadSeconds: number,
): Pick<AutoscalingFigures, 'peakReplicas' | 'peakAfterSeconds' | 'backAfterSeconds'> {
  const before = replicas.filter(({ seconds }) => seconds <= 0).at(-1) ?? replicas[0];
  if (before === undefined) return {};
  const peakReplicas = Math.max(...replicas.map(({ value }) => value));
  if (peakReplicas <= before.value) return { peakReplicas };
  const peak = replicas.find(({ value }) => value === peakReplicas);
  const back = replicas.find(({ seconds, value }) => seconds > loadSeconds && value <= before.value);
  return {
    peakReplicas,
    ...(peak === undefined ? {} : { peakAfterSeconds: Math.max(0, peak.seconds) }),
    ...(back === undefined ? {} : { backAfterSeconds: back.seconds - loadSeconds }),
  };
}

function perSecond(samples: readonly Sample[], start: number): Point[] {
  const counts = new Map<number, number>();
  for (const { answered } of samples) {
    const second = Math.floor((answered - start) / 1000);
    counts.set(second, (counts.get(second) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b).map(([seconds, value]) => ({ seconds, value }));
}
