import { describe, expect, test } from 'vitest';
import type { RunRecord, Sample } from '../../bench/index.ts';
import { makeManifest, makeSample } from '../../test/double/run.ts';
import { defaults, modelOf } from './model.ts';

const answer = (target: string) => ({ kind: 'answer' as const, time: 1, target, photo: 'cat.jpg', status: 200 });
const blockOf = (target: string, scenario: string, time: number, edge: 'start' | 'end') => ({
  kind: 'block' as const,
  time,
  scenario,
  target,
  block: 0,
  edge,
});

/** Ten requests, one at a time, of so many milliseconds, evenly spread by as much more or less than that; and what more there is. */
function record(target: string, ms: number, more: Partial<RunRecord> = {}, spread = 0): RunRecord {
  const samples = Array.from({ length: 10 }, (_, index) =>
    makeSample({
      target,
      intended: 1000 + index * 100,
      answered: 1000 + index * 100 + ms + (spread * (index - 4.5)) / 4.5,
    }),
  );
  return {
    manifest: makeManifest({ scenarios: ['latency', 'throughput', 'cold-start'] }),
    samples: [...samples, ...(more.samples ?? [])],
    events: [
      answer(target),
      blockOf(target, 'latency', 900, 'start'),
      blockOf(target, 'latency', 2500, 'end'),
      ...(more.events ?? []),
    ],
  };
}

/** A second in which so many were answered, each after so many milliseconds. */
function throughput(target: string, count: number, ms = (_: number) => 100): Pick<RunRecord, 'samples' | 'events'> {
  const at = (index: number) => 10_000 + (index * 1000) / count;
  return {
    samples: Array.from({ length: count }, (_, index) =>
      makeSample({ target, scenario: 'throughput', intended: at(index) - ms(index), answered: at(index) + 1 }),
    ),
    events: [blockOf(target, 'throughput', 10_000, 'start'), blockOf(target, 'throughput', 11_001, 'end')],
  };
}

/** 50 to 150 ms, evenly spread. */
const uneven = (index: number) => 50 + (index % 21) * 5;

const cold = (ms: number, changes: Partial<Sample> = {}) =>
  makeSample({ target: 'serverless', scenario: 'cold-start', intended: 50_000, answered: 50_000 + ms, ...changes });

describe('what a run says of a replica', () => {
  test('is its latency one at a time', () => {
    const { server } = modelOf(record('server', 20));
    expect(server.service).toEqual({ kind: 'measured', seconds: Array(10).fill(0.02) });
  });

  test('and by the throughput how many are answered in a line, where all connections wait as long', () => {
    const { server } = modelOf(record('server', 20, throughput('server', 80), 10));
    expect(server.concurrency).toBe(2);
    // Two at once do 80 * 20 ms = 1.6 s of work in a second.
    expect(2 / (1 + server.crowding)).toBeCloseTo(1.6, 1);
  });

  test('and that all are answered together, where some are answered much sooner than others', () => {
    const { server } = modelOf(record('server', 20, throughput('server', 80, uneven), 10));
    expect(server.concurrency).toBe(8);
    expect(8 / (1 + 7 * server.crowding)).toBeCloseTo(1.6, 1);
  });

  test('and by cold starts how long it takes to be ready, warm ones left out', () => {
    const samples = [cold(520), cold(20, { loading: 40_000, ready: 41_000 })];
    expect(modelOf(record('serverless', 20, { samples })).function.start).toEqual({ kind: 'measured', seconds: [0.5] });
  });
});

describe('what a run lacks', () => {
  const { assumed, function: functions, server } = modelOf(record('server', 20));

  test('is said with the scenario that measures it', () => {
    expect(assumed.join('\n')).toMatch(/--scenario throughput/);
    expect(assumed.join('\n')).toMatch(/--scenario cold-start/);
    expect(assumed.join('\n')).toMatch(/No serverless target was measured/);
  });

  test('is taken from the defaults', () => {
    expect(functions.start).toEqual({ kind: 'constant', seconds: defaults.startSeconds });
    expect(server.serving.replica).toEqual({ cpus: defaults.cpus, gib: defaults.gib });
  });

  test('is an error when it is the latency', () => {
    expect(() => modelOf({ ...record('server', 20), samples: [] })).toThrow(/--scenario latency/);
  });
});
