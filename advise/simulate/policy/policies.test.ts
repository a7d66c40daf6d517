import { describe, expect, test } from 'vitest';
import { openfaasTiming } from '../../../infra/local/gateway/scaling/index.ts';
import { queueKind } from '../../../test/advisor/queues.ts';
import { evenly, replay, timeline } from '../../../test/advisor/replay.ts';
import type { PolicySettings } from '../system.ts';
import { horizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts';

/** Requests of a tenth of a second, and replicas that start in one. */
const replica = queueKind({ kind: 'constant', seconds: 0.1 }, { start: { kind: 'constant', seconds: 1 }, timeout: 60 });
const run = (policy: PolicySettings, times: number[], seconds: number) =>
  replay({ kind: 'replicas', replica, policy }, times, seconds);

test('a fixed number of replicas stays', () => {
  expect(timeline(run({ kind: 'fixed', replicas: 3 }, evenly(20, 0, 30), 60))).toEqual([[0, 3]]);
});

describe('the HorizontalPodAutoscaler', () => {
  const policy = { kind: 'horizontal-pod-autoscaler', min: 1, max: 10, target: 0.5, busyShare: 1 } as const;

  test('goes to the current replicas times use over target, rounded up, at its next look', () => {
    // 9 a second of 0.1 s are 0.9 of one replica: ceil(0.9 / 0.5) = 2, where the use of each is 0.45, within 10 % of it.
    expect(timeline(run(policy, evenly(9, 0, 120), 120))).toEqual([
      [0, 1],
      [15, 2],
    ]);
  });

  test('does nothing within its tolerance', () => {
    expect(timeline(run(policy, evenly(5.4, 0, 120), 120))).toEqual([[0, 1]]);
  });

  test.each([
    { use: 0.475, replicas: 20 },
    { use: 0.44, replicas: 18 },
  ])('takes a use of $use by 20 replicas for one of $replicas', ({ use, replicas }) => {
    const { look } = horizontalPodAutoscaler({ ...policy, max: 100, downStabilisation: 0 });
    const seen = {
      time: 15,
      answered: 0,
      inSystem: 0,
      inSystemArea: 0,
      busyArea: 15 * 20 * use,
      ready: 20,
      replicas: 20,
    };
    expect(look(seen)).toBe(replicas);
  });

  test('goes down once the most that was wanted in 300 s is less', () => {
    // The last look that wants 2 is at 120 s; the one after that wants fewer, and so do all of the next 300 s.
    const changes = timeline(run(policy, evenly(9, 0, 120), 600));
    expect(changes).toEqual([
      [0, 1],
      [15, 2],
      [435, 1],
    ]);
  });

  test('adds at most 4 replicas in 15 s, or as many as there are', () => {
    const many = { ...policy, max: 100, busyShare: 100 };
    expect(timeline(run(many, evenly(9, 0, 40), 40)).slice(0, 3)).toEqual([
      [0, 1],
      [15, 5],
      [30, 10],
    ]);
  });

  test('stays within its bounds', () => {
    expect(timeline(run({ ...policy, min: 2, max: 3, busyShare: 100 }, evenly(9, 0, 100), 100))).toEqual([
      [0, 2],
      [15, 3],
    ]);
  });
});

describe("OpenFaaS's alert rule", () => {
  const policy = {
    kind: 'openfaas',
    scale: { min: 1, max: 5, factor: 20 },
    timing: openfaasTiming,
    scrape: 0,
    every: 0.1,
  } as const;

  test('fires, waits for its group, and repeats each half minute', () => {
    // Looked at at 15 s: 9 a second are above 5, pending since then; at 30 s it has held for 5 s and fires; the group
    // waits 5 s. Steps of 20 % of 5 follow at 35, 65, 95 and 125 s.
    const changes = timeline(run(policy, evenly(9, 0, 200), 200));
    expect(changes).toEqual(
      [
        [0, 1],
        [35, 2],
        [65, 3],
        [95, 4],
        [125, 5],
      ].map(([time, count]) => [expect.closeTo(time ?? 0, 0), count]),
    );
  });

  test('goes back to the fewest when the rate is low', () => {
    const changes = timeline(run(policy, evenly(9, 0, 70), 200));
    expect(changes.map(([, replicas]) => replicas)).toEqual([1, 2, 3, 1]);
    // The rate of 10 s is under 5 from 74.4 s on, which the look at 75 s sees; the group acts each 10 s from 35 s on.
    expect(changes.at(-1)?.[0]).toBeCloseTo(75, 0);
  });

  test('knows only what has been scraped', () => {
    // Scraped at 0, 25 and 50 s: the look at 15 s sees nothing yet, that at 30 s begins, that at 45 s fires.
    const late = timeline(run({ ...policy, scrape: 25 }, evenly(9, 0, 60), 60));
    expect(late).toEqual([
      [0, 1],
      [expect.closeTo(50, 0), 2],
    ]);
  });
});

describe("Knative's autoscaler", () => {
  const policy = { kind: 'knative', min: 0, max: 100, concurrency: 1 } as const;

  test('starts a replica for the first request at once, and goes to zero after its windows and grace', () => {
    // Ready at 11 s; the request is there until 11.1 s, and in the window of 60 s until the look at 72 s. 30 s of grace.
    const outcome = run({ ...policy, concurrency: 10 }, [10], 200);
    expect(timeline(outcome)).toEqual([
      [0, 0],
      [10, 1],
      [102, 0],
    ]);
    expect(outcome.recorder.mean).toBeCloseTo(1.1, 9);
  });

  test('aims at 70 % of the concurrency over a minute', () => {
    // 20 a second of 0.1 s are 2 at once: ceil(2 / 0.7) = 3.
    const outcome = run({ ...policy, min: 3 }, evenly(20, 0, 200), 200);
    expect(timeline(outcome)).toEqual([[0, 3]]);
  });

  test('panics when 6 s ask for twice what is there, and then takes nothing away for a minute', () => {
    const times = [...evenly(5, 0, 100), ...evenly(35, 100, 130), ...evenly(5, 130, 300)].toSorted((a, b) => a - b);
    const changes = timeline(run({ ...policy, min: 1 }, times, 300));
    const panic = changes.find(([time]) => time > 100);
    expect(panic?.[0]).toBeLessThanOrEqual(104);
    // 3.5 at once ask for 5; over a minute it would still be 2 or 3.
    expect(panic?.[1]).toBeGreaterThanOrEqual(5);
    const until = (panic?.[0] ?? 0) + 60;
    const during = changes.filter(([time]) => time > 100 && time < until).map(([, replicas]) => replicas);
    expect(during).toEqual(during.toSorted((a, b) => a - b));
    expect(changes.at(-1)?.[1]).toBe(1);
  });

  test('takes away half of the replicas at most at one look', () => {
    const changes = timeline(run({ ...policy, min: 1 }, evenly(60, 0, 30), 200)).map(([, replicas]) => replicas);
    const falls = changes
      .slice(1)
      .map((count, index) => count / (changes[index] ?? 1))
      .filter((ratio) => ratio < 1);
    expect(falls.length).toBeGreaterThan(1);
    expect(Math.min(...falls)).toBeGreaterThanOrEqual(0.4);
  });
});
