import { expect, test } from 'vitest';
import { makeManifest, makeSample } from '../../test/double/run.ts';
import { type ComparedRun, compareRuns } from '../compare/index.ts';
import type { Manifest, RunRecord } from '../record/index.ts';
import { summarise } from '../summary/index.ts';
import { parseCheck } from './check.ts';
import { judgeComparison, judgeRun } from './judge.ts';

/** A run of one target whose latencies go round 90 to 110 % of `ms`, each block a little slower than the one before. */
function record(ms: number, changes: Partial<Manifest> = {}): RunRecord {
  const samples = Array.from({ length: 200 }, (_, index) =>
    makeSample({
      block: Math.floor(index / 20),
      intended: 1000 * index,
      answered: 1000 * index + ms * (0.9 + (index % 20) / 100 + Math.floor(index / 20) / 1000),
    }),
  );
  return { manifest: makeManifest({ targets: makeManifest().targets.slice(0, 1), ...changes }), samples, events: [] };
}

const judged = (text: string, ms = 100) => judgeRun([parseCheck(text)], summarise(record(ms)))[0];

test.each([
  ['p95 > 200ms', 'passed'],
  ['p95 > 50ms', 'failed'],
  ['p95 < 200ms', 'failed'],
  ['p95 > 0.2s', 'passed'],
  ['p95 > 0.05s', 'failed'],
  ['errors > 1%', 'passed'],
  ['errors >= 0%', 'failed'],
  ['rate < 1/s', 'error'],
  ['idle.memory > 1GB', 'error'],
  ['other:p95 > 1s', 'error'],
  ['p95 worsens > 5%', 'error'],
])('%j: %s', (text, outcome) => {
  expect(judged(text)).toMatchObject({ outcome });
});

test('a limit inside the interval is within noise: the figure decides, unless only what is beyond noise counts', () => {
  const summary = summarise(record(100));
  const { value, low = 0 } = summary.targets[0]?.latency?.median ?? { value: 0 };
  const inside = `median > ${(value + low) / 2}ms`;
  expect(judged(inside)).toMatchObject({ outcome: 'failed', message: expect.stringContaining('within noise') });
  expect(judged(`${inside} beyond noise`)).toMatchObject({ outcome: 'passed' });
  expect(judged(`median > ${low / 2}ms beyond noise`)).toMatchObject({ outcome: 'failed' });
});

test('of what was measured once nothing can be beyond noise', () => {
  const run = record(100);
  run.events.push({
    ...{ kind: 'resources', time: 1, scenario: 'idle', target: 'server', edge: 'end' },
    parts: [{ name: 'classifier', kind: 'replica', time: 1, cpuSeconds: 1, memoryBytes: 5e9, processes: 1 }],
  });
  const judge = (text: string) => judgeRun([parseCheck(text)], summarise(run))[0];
  expect(judge('idle.memory > 1GB')).toMatchObject({ outcome: 'failed' });
  expect(judge('idle.memory > 1GB beyond noise')).toMatchObject({ outcome: 'error' });
});

test.each([
  // The same twenty failures: those of one restart, and those of every block.
  ['in one block', (index: number) => index < 20, 'passed'],
  ['in each block', (index: number) => index % 10 === 0, 'failed'],
])('failures above the limit, %s, beyond noise', (_, fails, outcome) => {
  const run = record(100);
  const samples = run.samples.map((sample, index) => (fails(index) ? { ...sample, status: 503 } : sample));
  const judge = (text: string) => judgeRun([parseCheck(text)], summarise({ ...run, samples }))[0];
  expect(judge('errors > 1%')).toMatchObject({ outcome: 'failed' });
  expect(judge('errors > 1% beyond noise')).toMatchObject({ outcome });
});

test('every target is checked, and named', () => {
  const run = record(100, { targets: makeManifest().targets });
  const both = judgeRun([parseCheck('p95 > 1s')], summarise(run));
  expect(both.map(({ target, outcome }) => [target, outcome])).toEqual([
    ['server', 'passed'],
    ['serverless', 'error'],
  ]);
});

function compared(label: string, run: RunRecord): ComparedRun {
  return { label, folder: label, record: run, summary: summarise(run), doubts: [], cautions: [] };
}
const change = (text: string, before: number, after: number) =>
  judgeComparison(
    [parseCheck(text)],
    compareRuns([compared('before', record(before)), compared('after', record(after))]),
  )[0];

test.each([
  ['p95 worsens > 5%', 100, 110, 'failed'],
  ['p95 worsens > 15%', 100, 110, 'passed'],
  ['p95 worsens > 5ms', 100, 110, 'failed'],
  ['p95 worsens > 5%', 110, 100, 'passed'],
  ['p95 improves < 5%', 110, 100, 'passed'],
  ['p95 improves < 15%', 110, 100, 'failed'],
  ['p95 rises > 5%', 100, 110, 'failed'],
  ['p95 falls > 5%', 110, 100, 'failed'],
  ['p95 falls > 5%', 100, 110, 'passed'],
  ['p95 worsens beyond noise', 100, 110, 'failed'],
  ['p95 worsens beyond noise', 100, 100, 'passed'],
  ['p95 worsens beyond noise', 110, 100, 'passed'],
  ['p95 > 115ms', 100, 120, 'failed'],
  ['p95 > 115ms', 120, 100, 'passed'],
  ['errors worsens > 1pp', 100, 100, 'passed'],
  ['errors worsens > 1%', 100, 100, 'error'],
  ['rate falls > 1%', 100, 100, 'error'],
  ['other:p95 worsens > 1%', 100, 100, 'error'],
])('%j from %d to %d ms: %s', (text, before, after, outcome) => {
  expect(change(text, before, after)).toMatchObject({ outcome });
});

test('of throughput less is worse', () => {
  const blocks = (perBlock: number): RunRecord => {
    const run = record(100);
    for (let block = 0; block < 4; block += 1) {
      const of = { kind: 'block', scenario: 'throughput', target: 'server', block } as const;
      run.events.push({ ...of, time: block * 2000, edge: 'start' }, { ...of, time: block * 2000 + 1000, edge: 'end' });
      const sample = makeSample({ scenario: 'throughput', block });
      run.samples.push(...Array.from({ length: perBlock + block }, () => sample));
    }
    return run;
  };
  const runs = compareRuns([compared('before', blocks(100)), compared('after', blocks(80))]);
  const outcome = (text: string) => judgeComparison([parseCheck(text)], runs)[0]?.outcome;
  expect(outcome('rate worsens > 10%')).toBe('failed');
  expect(outcome('rate improves < 10%')).toBe('failed');
  expect(outcome('rate falls > 15/s')).toBe('failed');
  expect(outcome('rate rises >= 0/s')).toBe('passed');
});
