import { expect, test } from 'vitest';
import { makeManifest, makeSample } from '../../test/double/run.ts';
import type { RunEvent } from '../record/index.ts';
import { summarise } from '../summary/index.ts';
import { baseAlone } from './base-alone.ts';
import { capacityTable } from './capacity.ts';
import { drawFigures } from './figures/index.ts';
import { performanceTable } from './tables/index.ts';

const note = 'Latency, throughput and capacity of both are those of its base alone';

/** The captions of what is measured with autoscaling off, of a run with one target. */
function captions(architecture: 'server' | 'hybrid'): (string | undefined)[] {
  const target = { ...{ name: 'both', architecture }, platform: 'local', url: 'http://127.0.0.1:1/' } as const;
  const manifest = makeManifest({ targets: [target] });
  const edge = (edge: 'start' | 'end', time: number): RunEvent => ({
    ...{ kind: 'block', scenario: 'throughput', target: 'both', block: 0 },
    ...{ edge, time },
  });
  const run = {
    manifest,
    samples: ['latency', 'throughput'].map((scenario) => makeSample({ scenario, target: 'both' })),
    events: [edge('start', 1000), edge('end', 2000)],
  };
  const summary = summarise(run);
  const [only] = summary.targets;
  if (only === undefined) throw new Error('there is no target');
  const curve = [{ rate: 5, kept: 1, probes: 1, attempts: 9, succeeded: 9, latenessP99Ms: 0 }];
  only.capacity = {
    ...{ objective: 'p95 < 200 ms', state: 'none', probes: 1, voidProbes: 0, underway: 0 },
    curve,
  } as never;
  const { latency, throughput, capacity } = drawFigures(summary, run);
  return [performanceTable(summary, manifest), capacityTable(summary), latency, throughput, capacity].map(
    (each) => each?.caption,
  );
}

test('what is measured of a hybrid with overflow off is said to be of its base, in each table and figure', () => {
  expect(captions('hybrid')).toEqual(Array(5).fill(expect.stringContaining(note)));
});

test('without a hybrid nothing is said', () => {
  expect(captions('server')).toEqual(Array(5).fill(expect.not.stringContaining('base alone')));
  expect(baseAlone([])).toBe('');
});
