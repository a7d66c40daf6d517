import type { Photo, Sample } from '../../load/index.ts';
import { profiles, type RunEvent, type Settings } from '../../record/index.ts';
import { seeded } from '../../stats/index.ts';
import type { Target } from '../../target/index.ts';
import type { Context } from '../scenario.ts';

/** A test double: what a scenario works with, kept in memory in place of a run folder. */
export interface Recorded {
  context: Context;
  samples: Sample[];
  events: RunEvent[];
  stop: AbortController;
}

export const photoNamed = (name: string): Photo => ({ name, bytes: Buffer.from('x'), contentType: 'image/jpeg' });

export function recordInMemory(targets: readonly Target[], settings: Partial<Settings>): Recorded {
  const samples: Sample[] = [];
  const events: RunEvent[] = [];
  const stop = new AbortController();
  const context: Context = {
    targets,
    reconnect: new Set(),
    photos: [photoNamed('one.jpg')],
    settings: { ...profiles.quick, ...settings },
    capacities: new Map(),
    random: seeded(1),
    signal: stop.signal,
    sample: (sample) => samples.push(sample),
    event: (event) => events.push(event),
    progress: () => undefined,
    withoutLoad: (wait) => wait(),
  };
  return { context, samples, events, stop };
}

/** When requests were due, in milliseconds since the first of them, and the photo that was sent, in that order. */
export function dueOf(samples: readonly Sample[]): [milliseconds: number, photo: string][] {
  const inOrder = samples.toSorted((a, b) => a.intended - b.intended);
  const first = inOrder[0]?.intended ?? 0;
  return inOrder.map(({ intended, photo }) => [intended - first, photo]);
}
