import { expect, test } from 'vitest';
import { replay } from '../../test/advisor/replay.ts';
import type { InstanceKind } from './instances.ts';

const instance: InstanceKind = {
  service: { kind: 'constant', seconds: 0.5 },
  start: { kind: 'constant', seconds: 2 },
  keepAlive: 60,
  timeout: 30,
  most: 10,
  startIsBilled: true,
};
const run = (times: number[], changes: Partial<InstanceKind> = {}) =>
  replay({ kind: 'instances', instance: { ...instance, ...changes } }, times, 200);

test('a request of its own each: two at once start two instances, and a later one takes a warm one', () => {
  const { recorder, use } = run([0, 0.1, 10]);
  expect(use.instances).toMatchObject({ calls: 3, starts: 2, peakInstances: 2, busySeconds: 1.5 });
  expect(recorder.mean).toBeCloseTo((2.5 + 2.5 + 0.5) / 3, 9);
});

test('a start is paid for where it is said to be', () => {
  expect(run([0]).use.instances?.billedSeconds).toBeCloseTo(2.5, 9);
  expect(run([0], { startIsBilled: false }).use.instances?.billedSeconds).toBeCloseTo(0.5, 9);
});

test('an instance is gone after its keep-alive, counted from its last answer', () => {
  expect(run([0, 62.4]).use.instances?.starts).toBe(1);
  expect(run([0, 62.6]).use.instances?.starts).toBe(2);
});

test('what was busy last takes the next request, so that the rest can go', () => {
  // Two instances are free from 2.5 s on; only one of them is used again, and the other is gone at 62.5 s.
  const { use } = run([0, 0, 30, 60, 90, 90]);
  expect(use.instances?.starts).toBe(3);
});

test('requests beyond the most instances are refused', () => {
  const { recorder } = run([0, 0, 0], { most: 2 });
  expect([recorder.attempts, recorder.failed]).toEqual([3, 1]);
});
