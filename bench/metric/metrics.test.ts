import { expect, test } from 'vitest';
import { makeManifest, makeSample } from '../../test/double/run.ts';
import type { RunEvent, RunRecord } from '../record/index.ts';
import { summarise } from '../summary/index.ts';
import { metrics } from './index.ts';

/** Every scenario with three blocks, the slower the later, and one request in ten that fails. */
function makeRun(): RunRecord {
  const scenarios = ['latency', 'throughput', 'cold-start', 'autoscaling', 'capacity'];
  const samples = scenarios.flatMap((scenario) =>
    Array.from({ length: 90 }, (_, index) => {
      const [block, intended] = [Math.floor(index / 30), 1000 * index];
      const status = index % 10 === 0 ? 500 : 200;
      return makeSample({ scenario, block, intended, answered: intended + 5 + block + (index % 7), status });
    }),
  );
  // One cold start that was none.
  samples.push(makeSample({ scenario: 'cold-start', intended: 99_000, answered: 99_900, loading: 1, ready: 2 }));
  const events = [0, 1, 2].flatMap((block): RunEvent[] => {
    const of = { kind: 'block', scenario: 'throughput', target: 'server', block } as const;
    const start = block * 10_000;
    return [
      { ...of, time: start, edge: 'start' },
      { ...of, time: start + 1000 * (block + 1), edge: 'end' },
    ];
  });
  const read = { kind: 'resources', target: 'server' } as const;
  const parts = (time: number, cpuSeconds: number) => [
    { ...{ name: 'classifier', kind: 'replica' as const, memoryBytes: 1, processes: 1 }, time, cpuSeconds },
  ];
  events.push(
    { ...read, time: 0, scenario: 'idle', edge: 'start', parts: parts(0, 0) },
    { ...read, time: 1000, scenario: 'idle', edge: 'end', parts: parts(1000, 0.01) },
    { ...read, time: 1000, scenario: 'throughput', edge: 'start', parts: parts(1000, 0.01) },
    ...[1, 2, 3].map((block) => ({
      ...{ ...read, time: 1000 + block * 1000, scenario: 'throughput', block, answered: block * 30 },
      parts: parts(1000 + block * 1000, block ** 2),
    })),
  );
  events.push({ kind: 'load', time: 0, scenario: 'autoscaling', target: 'server', edge: 'start' });
  return { manifest: makeManifest(), samples, events };
}

const run = makeRun();
const target = summarise(run).targets[0];

test.each(metrics.filter(({ byBlock }) => byBlock !== undefined))(
  '$name by blocks is the figure of the summary',
  ({ read, byBlock }) => {
    const figure = byBlock?.(run, 'server');
    const value = target && read(target)?.value;
    expect(value).toBeGreaterThan(0);
    expect(figure?.of(Array(figure.blocks).fill(1))).toBeCloseTo(value ?? Number.NaN, 9);
  },
);

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
