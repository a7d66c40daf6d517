import { expect, test } from 'vitest';
import { makeSample } from '../../test/double/run.ts';
import type { Sample } from '../load/index.ts';
import { profiles, type RunEvent } from '../record/index.ts';
import { summariseBaseBurst } from './base-burst.ts';

const shape = { rate: 10, factor: 4, beforeSeconds: 10, burstSeconds: 10, afterSeconds: 10, trials: 1 };
const settings = { ...profiles.quick, 'base-burst': shape };
const start = 1_000_000;
const of = { scenario: 'base-burst', target: 'hybrid' };

const load = (edge: 'start' | 'end', time: number): RunEvent => ({
  kind: 'load',
  time,
  ...of,
  edge,
  block: 0,
  rate: 10,
});
const replicas = (seconds: number, ready: number): RunEvent => ({
  ...{ kind: 'replicas', time: start + seconds * 1000, ...of, ready, desired: ready },
});

/** A request due so many seconds after the start, and what became of it. */
function request(seconds: number, ms: number, changes: Partial<Sample> = {}): Sample {
  const intended = start + seconds * 1000;
  return makeSample({
    ...of,
    block: 0,
    intended,
    sent: intended,
    answered: intended + ms,
    servedBy: 'base-1',
    ...changes,
  });
}

const events = [replicas(-1, 1), load('start', start), replicas(15, 2), replicas(20, 1), load('end', start + 30_000)];

function summarised(samples: Sample[], told = events) {
  const figures = summariseBaseBurst(samples, told, settings);
  if (figures === undefined) throw new Error('nothing was found');
  return figures;
}

test('a request belongs to the phase in which it was due, whenever it was answered', () => {
  const { phases } = summarised([request(9.9, 5000), request(10, 50), request(19.9, 300), request(20, 50)]);
  expect(phases.map(({ phase, attempts }) => [phase, attempts])).toEqual([
    ['before', 1],
    ['burst', 2],
    ['after', 1],
  ]);
  expect(phases.map(({ late }) => late)).toEqual([1, 1, 0]);
});

test('failures are counted, and not among who served', () => {
  const { phases } = summarised([
    request(11, 50),
    request(12, 50, { status: 503 }),
    request(13, 50, { servedBy: 'overflow' }),
  ]);
  expect(phases[1]).toMatchObject({ attempts: 3, failed: 1, servedBy: { 'base-1': 1, overflow: 1 } });
});

test('what overflowed before the first answer of the function has waited for it', () => {
  const overflow = { servedBy: 'overflow' };
  const { overflow: found } = summarised([
    request(11, 20),
    request(11, 1500, overflow),
    request(12, 700, overflow),
    request(14, 40, overflow),
  ]);
  expect(found).toMatchObject({ requests: 3, firstAnswerSeconds: [2.5], firstWaits: { requests: 2, greatest: 1500 } });
});

const unanswered = { servedBy: undefined, status: undefined, error: 'timeout' } as const;

test('what nobody answered before the first answer of the function has given up, if the base is quicker', () => {
  const { overflow } = summarised([
    request(9, 10_000, unanswered),
    request(11, 2000),
    request(11, 1900, { ...unanswered, error: 'connection' }),
    request(11, 10_000, unanswered),
    request(12, 9999, unanswered),
    request(12, 50, { servedBy: 'overflow', status: 503 }),
    request(12, 3000, { servedBy: 'overflow' }),
    request(15.5, 10_000, unanswered),
  ]);
  expect(overflow).toMatchObject({ requests: 1, gaveUp: { requests: 2, least: 9999 } });
});

test('a function that never answers is told by what gave up', () => {
  const { overflow } = summarised([request(11, 20), request(12, 10_000, unanswered)]);
  expect(overflow).toEqual({ requests: 0, firstAnswerSeconds: [], gaveUp: { requests: 1, least: 10_000 } });
});

test('what a dead base did not answer has not waited for the function', () => {
  const { overflow } = summarised([request(12, 10_000, unanswered), request(11, 9000, { servedBy: 'overflow' })]);
  expect(overflow?.gaveUp).toBeUndefined();
});

test('without a router nothing has overflowed', () => {
  const samples = [request(11, 20, { servedBy: undefined }), request(12, 10_000, unanswered)];
  expect(summarised(samples).overflow).toBeUndefined();
});

test('replicas are a mean over time', () => {
  expect(summarised([request(1, 20)]).meanReplicas).toBeCloseTo((15 + 2 * 5 + 10) / 30, 9);
});

test('the mean rate is of all the time, and who answered is told by the second', () => {
  const { meanRate, served } = summarised([request(1, 20), request(1.2, 20), request(14, 20)]);
  expect(meanRate).toBeCloseTo(0.1, 9);
  expect(served).toEqual([
    { by: 'base-1', seconds: 1, value: 2 },
    { by: 'base-1', seconds: 14, value: 1 },
  ]);
});

test('a burst that was stopped shows nothing', () => {
  expect(summariseBaseBurst([request(1, 20)], events.slice(0, 2), settings)).toBeUndefined();
});
