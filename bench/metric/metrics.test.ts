import { expect, test } from 'vitest';
import { makeFullRun } from '../../test/double/full-run.ts';
import { makeSample } from '../../test/double/run.ts';
import type { RunRecord } from '../record/index.ts';
import { summarise } from '../summary/index.ts';
import { metrics } from './index.ts';

/** Three blocks of each scenario, and one cold start that was none. */
function makeRun(): RunRecord {
  const run = makeFullRun({ blocks: 3, requests: 30 });
  const warm = makeSample({ scenario: 'cold-start', intended: 99_000, answered: 99_900, loading: 1, ready: 2 });
  return { ...run, samples: [...run.samples, warm] };
}

const run = makeRun();
const target = summarise(run).targets[0];

test.each(metrics.filter(({ byBlock }) => byBlock !== undefined))(
  '$name by blocks is the figure of the summary',
  ({ read, byBlock }) => {
    const figure = target && byBlock?.(run, target);
    const value = target && read(target)?.value;
    expect(value).toBeGreaterThan(0);
    expect(figure?.of(Array(figure.blocks).fill(1))).toBeCloseTo(value ?? Number.NaN, 9);
  },
);

test('latency while load comes is compared by stretches of the load, in which requests queue behind each other', () => {
  const [median, p95] = metrics.filter(({ name }) => /^autoscaling\.(median|p95)$/.test(name));
  expect([median, p95].map((metric) => target && metric?.byBlock?.(run, target).blocks)).toEqual([20, 20]);
});

test('errors are counted where nothing at all succeeded', () => {
  const samples = [makeSample({ status: 500 }), makeSample({ scenario: 'throughput' })];
  const [server] = summarise({ ...run, samples, events: [] }).targets;
  expect(server && metrics.find(({ name }) => name === 'errors')?.read(server)?.value).toBe(0.5);
});

test('errors of scenarios that overload the target on purpose do not count', () => {
  const samples = [makeSample(), makeSample({ scenario: 'capacity', status: 503 })];
  const [server] = summarise({ ...run, samples, events: [] }).targets;
  expect(server && metrics.find(({ name }) => name === 'errors')?.read(server)?.value).toBe(0);
});
