import { describe, expect, test } from 'vitest';
import { makeManifest, makeSample } from '../../test/double/run.ts';
import type { Sample } from '../load/index.ts';
import type { RunEvent } from '../record/index.ts';
import { summarise, type TargetSummary } from './summary.ts';

const answered: RunEvent[] = ['server', 'serverless'].map((target) => ({
  kind: 'answer',
  time: 1,
  target,
  photo: 'cat.jpg',
  status: 200,
}));

function summary(
  samples: Sample[],
  events: RunEvent[] = answered,
): { server: TargetSummary; serverless: TargetSummary } {
  const [server, serverless] = summarise({ manifest: makeManifest(), samples, events }).targets;
  if (server === undefined || serverless === undefined) throw new Error('two targets are expected');
  return { server, serverless };
}

describe('latency', () => {
  test('is counted from the intended time', () => {
    const { server } = summary([makeSample({ intended: 100, sent: 150, answered: 160 })]);
    expect(server.latency?.median.value).toBe(60);
  });

  test('is of successes alone, and the failures are counted', () => {
    const { server } = summary([
      makeSample(),
      makeSample({ answered: 9000, status: 500 }),
      makeSample({ answered: 9000, status: undefined, error: 'timeout' } as never),
      makeSample({ answered: 9000, status: undefined, error: 'connection' } as never),
    ]);
    expect(server.latency).toMatchObject({ attempts: 4, succeeded: 1, refused: 1, timeouts: 1, connectionErrors: 1 });
    expect(server.latency?.greatest).toBe(5);
  });

  test('is absent, not zero, when nothing succeeded', () => {
    expect(summary([makeSample({ status: 500 })]).server.latency).toBeUndefined();
  });
});

describe('throughput', () => {
  const block = (number: number, start: number, end: number): RunEvent[] => [
    { kind: 'block', time: start, scenario: 'throughput', target: 'server', block: number, edge: 'start' },
    { kind: 'block', time: end, scenario: 'throughput', target: 'server', block: number, edge: 'end' },
  ];
  const sent = (count: number, number: number, status = 200): Sample[] =>
    Array.from({ length: count }, () => makeSample({ scenario: 'throughput', block: number, status }));

  test('is successes over the seconds of the block', () => {
    const events = [...answered, ...block(0, 0, 2000), ...block(1, 5000, 7000)];
    const { server } = summary([...sent(20, 0), ...sent(5, 0, 503), ...sent(30, 1)], events);
    expect(server.throughput?.perSecond.value).toBe(12.5);
    expect(server.throughput?.seconds).toBe(4);
  });

  test('leaves out a block that was stopped before its end', () => {
    const started = block(1, 5000, 7000).slice(0, 1);
    const { server } = summary([...sent(20, 0), ...sent(3, 1)], [...answered, ...block(0, 0, 2000), ...started]);
    expect(server.throughput?.perSecond.value).toBe(10);
  });
});

describe('cold start', () => {
  const trial = (changes: Partial<Sample>): Sample =>
    makeSample({ scenario: 'cold-start', target: 'serverless', intended: 1000, answered: 2000, ...changes });

  test('is split by what the replica says, and the parts add up', () => {
    const { serverless } = summary([trial({ loading: 1400, ready: 1900 })]);
    expect(serverless.coldStart?.trials).toEqual([
      {
        trial: 0,
        parts: [
          { name: 'runtime', ms: 400 },
          { name: 'load', ms: 500 },
          { name: 'first answer', ms: 100 },
        ],
      },
    ]);
    expect(serverless.coldStart?.median.value).toBe(1000);
  });

  test.each([
    ['has a clock of its own', { loading: 1400, ready: 2900 }],
    ['says nothing', {}],
  ])('has a total alone when the replica %s', (_, changes) => {
    const { serverless } = summary([trial(changes)]);
    expect(serverless.coldStart?.trials).toEqual([]);
    expect(serverless.coldStart?.median.value).toBe(1000);
  });
});

test('a trial answered by a replica that was there before is no cold start', () => {
  const trial = { scenario: 'cold-start', target: 'serverless', intended: 1000 };
  const cold = makeSample({ ...trial, answered: 2000, loading: 1400, ready: 1900 });
  const warm = makeSample({ ...trial, answered: 1010, loading: 500, ready: 800 });
  const { serverless } = summary([cold, warm]);
  expect(serverless.coldStart).toMatchObject({ warm: 1, median: { value: 1000 } });
});

describe('autoscaling', () => {
  const load = (edge: 'start' | 'end', time: number): RunEvent => ({
    ...{ kind: 'load', scenario: 'autoscaling', target: 'serverless' },
    ...{ edge, time },
  });
  const replicas = (time: number, ready: number): RunEvent => ({
    ...{ kind: 'replicas', scenario: 'autoscaling', target: 'serverless', desired: ready },
    ...{ time, ready },
  });

  test('finds the peak, when it came, and when it was gone', () => {
    const events = [
      ...answered,
      ...[replicas(900, 1), load('start', 1000), replicas(3000, 2), replicas(6000, 5), replicas(10_500, 5)],
      ...[load('end', 11_000), replicas(12_000, 3), replicas(13_500, 1)],
    ];
    const { serverless } = summary([makeSample({ scenario: 'autoscaling', target: 'serverless' })], events);
    expect(serverless.autoscaling).toMatchObject({ peakReplicas: 5, peakAfterSeconds: 5, backAfterSeconds: 2.5 });
  });

  test('counts answers by the second they came in', () => {
    const at = (answered: number, status = 200): Sample =>
      makeSample({ scenario: 'autoscaling', target: 'serverless', intended: 1000, answered, status });
    const { serverless } = summary([at(1100), at(1900), at(2100), at(2200, 502)], [...answered, load('start', 1000)]);
    expect(serverless.autoscaling?.succeeded).toEqual([
      { seconds: 0, value: 2 },
      { seconds: 1, value: 1 },
    ]);
    expect(serverless.autoscaling?.failed).toEqual([{ seconds: 1, value: 1 }]);
  });
});

describe('a target has failed', () => {
  test('when it answered no photo', () => {
    expect(summary([], []).server.failed).toBe(true);
  });

  test('when nothing at all was answered in a block', () => {
    const block = { kind: 'block', scenario: 'throughput', target: 'server', block: 0, edge: 'end', time: 1 } as const;
    expect(summary([makeSample()], [...answered, block]).server.failed).toBe(true);
  });

  test('when more than one request in a hundred fails in one scenario', () => {
    const many = Array.from({ length: 98 }, () => makeSample());
    const lost = makeSample({ status: 500 });
    expect(summary([...many, lost, lost]).server.failed).toBe(true);
  });

  test('when it died after many answers, of which what failed is a small share', () => {
    const many = Array.from({ length: 5000 }, (_, at) => makeSample({ scenario: 'throughput', intended: at }));
    const last = Array.from({ length: 40 }, (_, at) =>
      makeSample({
        scenario: 'throughput',
        intended: 5000 + 100 * at,
        status: undefined,
        error: 'connection',
      } as never),
    );
    expect(summary([...many, ...last]).server.failed).toBe(true);
    expect(summary([...last, ...many.map((sample) => ({ ...sample, sent: sample.sent + 9000 }))]).server.failed).toBe(
      false,
    );
  });

  test('but not when a few were refused in its last moment', () => {
    const many = Array.from({ length: 5000 }, (_, at) => makeSample({ scenario: 'throughput', intended: at }));
    const last = Array.from({ length: 20 }, (_, at) =>
      makeSample({ scenario: 'throughput', intended: 5000 + at, status: 503 }),
    );
    expect(summary([...many, ...last]).server.failed).toBe(false);
  });

  test('but not for one in a hundred', () => {
    const many = Array.from({ length: 99 }, () => makeSample());
    expect(summary([...many, makeSample({ status: 500 })]).server.failed).toBe(false);
  });
});

test('targets are compared block by block', () => {
  const samples = [0, 1, 2, 3].flatMap((block) =>
    ['server', 'serverless'].map((target) => {
      const drift = block * 50;
      return makeSample({ target, block, answered: 1000 + drift + (target === 'server' ? 10 : 13 + block / 10) });
    }),
  );
  const [comparison] = summarise({ manifest: makeManifest(), samples, events: answered }).comparisons;
  expect(comparison?.difference.higher).toBe('b');
  expect(comparison?.difference.value).toBeCloseTo(-3.15, 9);
});
