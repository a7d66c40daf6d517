import { expect, test } from 'vitest';
import { makeSample } from '../../test/double/run.ts';
import type { Sample } from '../load/index.ts';
import { probeOf } from './probe.ts';

const objective = { quantile: 0.95, latencyMs: 200, errorShare: 0.01 };
const sent = (count: number, lateness: number, took: number): Sample[] =>
  Array.from({ length: count }, () => makeSample({ intended: 0, sent: lateness, answered: took }));

test('a probe keeps or breaks the objective', () => {
  expect(probeOf(sent(100, 1, 150), false, objective).outcome).toBe('kept');
  expect(probeOf(sent(100, 1, 250), false, objective).outcome).toBe('broken');
});

test('one whose client was late at the quantile shows nothing, whatever the target did', () => {
  expect(probeOf([...sent(90, 0, 30), ...sent(10, 21, 30)], false, objective)).toMatchObject({ outcome: 'void' });
  expect(probeOf(sent(100, 21, 250), false, objective).outcome).toBe('void');
  expect(probeOf([...sent(96, 0, 30), ...sent(4, 21, 30)], false, objective).outcome).toBe('kept');
});

test('one that was given up has broken the objective, even if what was answered until then was good', () => {
  expect(probeOf(sent(100, 1, 150), true, objective).outcome).toBe('broken');
});

test('one without a request kept nothing', () => {
  expect(probeOf([], false, objective).outcome).toBe('broken');
});
