import { describe, expect, test } from 'vitest';
import { queueKind } from '../../test/advisor/queues.ts';
import { evenly, replay } from '../../test/advisor/replay.ts';
import type { ReplicaKind } from './replica-group.ts';
import type { System } from './system.ts';

const second = { kind: 'constant', seconds: 1 } as const;
const server = (changes: Partial<ReplicaKind> = {}, replicas = 1): System => ({
  kind: 'replicas',
  replica: queueKind(second, changes),
  policy: { kind: 'fixed', replicas },
});

describe('a group of replicas', () => {
  test('answers one after the other, in their order', () => {
    // Done at 1, 2 and 3 seconds.
    const { recorder, use } = replay(server(), [0, 0.5, 0.75], 10);
    expect(recorder.mean).toBeCloseTo((1 + 1.5 + 2.25) / 3, 9);
    expect(use.replicas).toMatchObject({ replicaSeconds: 10, busySeconds: 3, peakReplicas: 1, starts: 0 });
  });

  test.each([
    ['more replicas', server({}, 3)],
    ['more slots', server({ concurrency: 3 })],
  ])('with %s answers as many at once', (_, system) => {
    expect(replay(system, [0, 0.5, 0.75], 10).recorder.mean).toBeCloseTo(1, 9);
  });

  test('spreads requests over replicas before it gives one two', () => {
    const { recorder } = replay(server({ concurrency: 2, crowding: 1 }, 2), [0, 0.1], 10);
    expect(recorder.mean).toBeCloseTo(1, 9);
  });

  test('shares what a replica can do among the requests on it, and lets more than its slots wait', () => {
    // The first is done at 1.5 s, when the third begins; the second at 2.5 s, the third at 3 s.
    const { recorder, use } = replay(server({ concurrency: 2, crowding: 1 }), [0, 0.5, 0.6], 10);
    expect(recorder.mean).toBeCloseTo((1.5 + 2 + 2.4) / 3, 9);
    expect(use.replicas?.busySeconds).toBeCloseTo(3, 9);
  });

  test('refuses what finds the line full', () => {
    const { recorder } = replay(server({ queue: 1 }), [0, 0.1, 0.2], 10);
    expect([recorder.attempts, recorder.failed]).toEqual([3, 1]);
  });

  test('fails what waits longer than the time-out, and does not answer it', () => {
    const { recorder, use } = replay(server({ timeout: 1.5 }), [0, 0.1, 0.2, 0.3], 10);
    // The second is begun at 1 s and has failed when it is done, at 2 s; the rest is given up while it waits.
    expect([recorder.attempts, recorder.failed]).toEqual([4, 3]);
    expect(use.replicas?.busySeconds).toBeCloseTo(2, 9);
  });

  test('fails what no replica ever comes for', () => {
    const { recorder } = replay(server({ timeout: 5 }, 0), evenly(1, 0, 3), 3);
    expect([recorder.attempts, recorder.failed]).toEqual([3, 3]);
  });

  test('counts a request as good only under the limit', () => {
    expect(replay(server(), [0], 10).recorder.good).toBe(0);
    expect(replay({ ...server({ service: { kind: 'constant', seconds: 0.99 } }) }, [0], 10).recorder.good).toBe(1);
  });
});

describe('an overflow', () => {
  const instance = { service: second, start: second, keepAlive: 60, timeout: 30, most: 10, startIsBilled: true };
  const hybrid: System = {
    kind: 'overflow',
    base: { replica: queueKind(second, { queue: 1 }), policy: { kind: 'fixed', replicas: 1 } },
    over: { kind: 'instances', instance },
  };

  test('gives to the function what finds the base full, and nothing else', () => {
    const { recorder, use } = replay(hybrid, [0, 0.1, 0.2, 5], 10);
    expect(use.over).toMatchObject({ requests: 1, use: { instances: { calls: 1, starts: 1 } } });
    // 1 s, 0.9 + 1 s, a start and an answer of 1 s each, and 1 s again.
    expect(recorder.mean).toBeCloseTo((1 + 1.9 + 2 + 1) / 4, 9);
    expect([recorder.attempts, recorder.failed]).toEqual([4, 0]);
  });
});
