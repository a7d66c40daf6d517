import { describe, expect, test } from 'vitest';
import type { ClientLoad, Comparison, Summary, TargetSummary } from '../../summary/index.ts';
import { judge } from './judge.ts';
import { limitedByClient } from './limited.ts';

const outcomes = { attempts: 100, succeeded: 100, refused: 0, timeouts: 0, connectionErrors: 0, malformed: 0 };
const exactly = (value: number) => ({ value, low: value, high: value });

function target(name: 'server' | 'serverless', changes: Partial<TargetSummary> = {}): TargetSummary {
  const target = { name, architecture: name, url: 'http://127.0.0.1/', answers: [], failed: false, silences: [] };
  return { ...target, outcomes, calmOutcomes: outcomes, ...changes };
}

function compared(figure: Comparison['figure'], higher: 'a' | 'b' | 'none shown'): Comparison {
  const difference = { value: higher === 'b' ? -2 : 2, low: -3, high: 3, higher };
  const of =
    figure === 'throughput'
      ? ({ scenario: 'throughput', unit: 'per second' } as const)
      : ({ scenario: 'latency', unit: 'ms' } as const);
  return { figure, ...of, a: 'server', b: 'serverless', pairs: 10, difference };
}

function verdict(targets: TargetSummary[], comparisons: Comparison[] = [], notes: string[] = []) {
  return judge({ targets, comparisons, notes, client: [], lateness: [] } satisfies Summary, 'complete');
}

describe('the recommendation', () => {
  test('goes to the target that answers sooner', () => {
    const { recommended, sentence } = verdict(
      [target('server'), target('serverless')],
      [compared('median latency', 'a'), compared('throughput', 'none shown')],
    );
    expect(recommended).toBe('serverless');
    expect(sentence).toBe('Serve this model with serverless functions: it answers 2 ms sooner than server.');
  });

  test('says whom it beats in what where it beats several', () => {
    const others = ['serverless', 'hybrid'].flatMap((b) =>
      (['median latency', 'p95 latency', 'throughput'] as const).map((figure) => ({
        ...compared(figure, figure === 'throughput' ? (b === 'hybrid' ? 'a' : 'none shown') : 'b'),
        b,
      })),
    );
    const hybrid = { ...target('server'), name: 'hybrid', architecture: 'hybrid' as const };
    expect(verdict([target('server'), target('serverless'), hybrid], others).sentence).toBe(
      'Serve this model with a server: it answers sooner at the median and 95th percentile than serverless and hybrid, and completes more requests a second than hybrid.',
    );
  });

  test('goes to the target that completes more', () => {
    expect(verdict([target('server'), target('serverless')], [compared('throughput', 'a')]).recommended).toBe('server');
  });

  test('goes to the one with fewer processes when no difference is shown', () => {
    const { recommended, sentence } = verdict(
      [
        target('serverless', { idle: { memoryBytes: 1, processes: 2 } }),
        target('server', { idle: { memoryBytes: 1, processes: 1 } }),
      ],
      [compared('median latency', 'none shown'), compared('throughput', 'none shown')],
    );
    expect(recommended).toBe('server');
    expect(sentence).toContain('no difference in median latency or throughput is shown');
  });

  test('goes to the one with fewer processes when each wins once', () => {
    const { recommended } = verdict(
      [
        target('server', { idle: { memoryBytes: 1, processes: 1 } }),
        target('serverless', { idle: { memoryBytes: 1, processes: 2 } }),
      ],
      [compared('median latency', 'a'), compared('throughput', 'a')],
    );
    expect(recommended).toBe('server');
  });

  describe('under load', () => {
    const figures = (value: number) => ({
      ...{ ...outcomes, mean: exactly(1), p99: exactly(1), least: 1, greatest: 1 },
      ...{ median: exactly(value), p95: exactly(value) },
    });
    const loaded = (alone: number, p95: number) => ({
      latency: figures(alone),
      autoscaling: { succeeded: [], failed: [], replicas: [], loadSeconds: 10, latency: figures(p95) },
    });

    test('goes to the target that keeps up, whatever else is shown', () => {
      const targets = [target('server', loaded(5, 900)), target('serverless', loaded(5, 100))];
      expect(verdict(targets, [compared('throughput', 'a')]).recommended).toBe('serverless');
    });

    test('is not decided by a p95 that is known too badly', () => {
      const { autoscaling, latency } = loaded(5, 900);
      const hiccup = { value: 900, low: 40, high: 1200 };
      const wide = { latency, autoscaling: { ...autoscaling, latency: { ...autoscaling.latency, p95: hiccup } } };
      const targets = [target('server', wide), target('serverless', loaded(5, 100))];
      expect(verdict(targets, [compared('throughput', 'a')]).recommended).toBe('server');
    });

    test('is not decided by a p95 that is higher but no overload', () => {
      const targets = [target('server', loaded(50, 90)), target('serverless', loaded(50, 20))];
      expect(verdict(targets, [compared('throughput', 'a')]).recommended).toBe('server');
    });
  });

  test('goes to the target that did not fail', () => {
    const { recommended, sentence } = verdict([target('server', { failed: true }), target('serverless')]);
    expect(recommended).toBe('serverless');
    expect(sentence).toContain('server failed, it did not');
  });

  test('goes to none when no difference is shown and the parts are not known', () => {
    const { recommended, sentence } = verdict(
      [target('server'), target('serverless')],
      [compared('throughput', 'none shown')],
    );
    expect(recommended).toBeUndefined();
    expect(sentence).toBe(
      'Nothing is recommended between server and serverless: no difference in throughput is shown.',
    );
  });

  test('goes to none when nothing was compared', () => {
    const { recommended, sentence } = verdict([target('server'), target('serverless')]);
    expect(recommended).toBeUndefined();
    expect(sentence).toContain('Neither latency nor throughput');
  });

  test('can go to a third target', () => {
    const third = { ...target('server'), name: 'third' };
    const against = (a: string, b: string, higher: 'a' | 'b'): Comparison => ({
      ...compared('throughput', higher),
      a,
      b,
    });
    const { recommended } = verdict(
      [target('server'), target('serverless'), third],
      [against('server', 'serverless', 'a'), against('server', 'third', 'b'), against('serverless', 'third', 'b')],
    );
    expect(recommended).toBe('third');
  });

  test('goes to none when all failed', () => {
    expect(verdict([target('server', { failed: true })]).recommended).toBeUndefined();
  });

  test('goes to none when there is one target', () => {
    expect(verdict([target('server')]).recommended).toBeUndefined();
  });
});

test('going to zero is weighed with what it costs and saves', () => {
  const cold = {
    ...outcomes,
    median: exactly(1300),
    p90: exactly(1500),
    least: 1,
    greatest: 1,
    warm: 0,
    trials: [],
    parts: [],
  };
  const idle = { memoryBytes: 300e6, processes: 2 };
  const { reasons } = verdict(
    [
      target('server', { idle: { memoryBytes: 200e6, processes: 1 } }),
      target('serverless', { coldStart: cold, idle, atZero: { memoryBytes: 80e6, processes: 1 } }),
    ],
    [compared('throughput', 'a')],
  );
  expect(reasons.at(-1)).toContain('waits 1.3 s for its answer, and 80 MB are held instead of 200 MB');
});

const figures = (p95: { value: number; low: number; high: number }) => ({
  latency: { ...outcomes, mean: exactly(5), median: exactly(5), p95, p99: exactly(5), least: 1, greatest: 9 },
});

describe('doubts', () => {
  const limit = (load: Partial<ClientLoad>, scenario = 'throughput') =>
    judge(
      {
        targets: [target('server', figures(exactly(9))), target('serverless', figures(exactly(8)))],
        comparisons: [compared('median latency', 'none shown'), compared('throughput', 'a')],
        notes: [],
        lateness: [],
        client: [{ scenario, cpuShare: 0.5, loopShare: 0.5, loopDelayP99Ms: 1, ...load }],
      },
      'complete',
    );

  test('count the requests that failed by their kind', () => {
    const lossy = { attempts: 100, succeeded: 96, refused: 1, timeouts: 2, connectionErrors: 0, malformed: 1 };
    const { doubts } = verdict([target('server', { calmOutcomes: lossy }), target('serverless')]);
    expect(doubts[0]).toContain('4 of 100 requests failed (2 timed out, 1 answered with what is no HTTP, 1 refused)');
  });

  test('count none of the requests that failed where a target was overloaded on purpose', () => {
    const overloaded = { attempts: 200, succeeded: 100, refused: 100, timeouts: 0, connectionErrors: 0, malformed: 0 };
    expect(verdict([target('server', { outcomes: overloaded }), target('serverless')]).doubts).toEqual([]);
  });

  test('say where a target that was overloaded had no success any more', () => {
    const silences = [
      { ...outcomes, scenario: 'burst', lastedMs: 900, attempts: 33, succeeded: 0, timeouts: 30, malformed: 3 },
    ];
    expect(verdict([target('server', { silences }), target('serverless')]).doubts).toEqual([
      'server answered none of the last 33 requests of burst with success (30 timed out, 3 answered with what is no HTTP).',
    ]);
  });

  test('say that a run was stopped', () => {
    expect(
      judge({ targets: [target('server')], comparisons: [], notes: [], client: [], lateness: [] }, 'stopped').doubts[0],
    ).toContain('stopped');
  });

  test.each<[string, Partial<ClientLoad>]>([
    ['its event loop was busy 97 % of the time', { loopShare: 0.97 }],
    ['its event loop ran 20 ms late', { loopDelayP99Ms: 20 }],
    ['other virtual machines took 8 % of the CPU', { stolenShare: 0.08 }],
    ['its CPU limit held it back 12 % of the time', { throttledShare: 0.12 }],
  ])('say that %s, and the scenario decides nothing then', (because, load) => {
    const { recommended, doubts } = limit(load);
    expect(doubts[0]).toContain(because);
    expect(doubts[0]).toContain('so throughput decides nothing');
    expect(recommended).toBeUndefined();
  });

  test('are none of a client that had time, and the scenario decides', () => {
    const { recommended, doubts } = limit({});
    expect(doubts).toEqual([]);
    expect(recommended).toBe('server');
  });

  test('of the client in one scenario leave the others their say', () => {
    expect(limit({ loopShare: 0.97 }, 'latency').recommended).toBe('server');
  });

  test.each([
    { oldestMs: 2400, said: true },
    { oldestMs: 900, said: false },
  ])('requests without an answer for $oldestMs ms at the end of a block: said is $said', ({ oldestMs, said }) => {
    const underway = { requests: 8, oldestMs };
    const throughput = {
      ...outcomes,
      perSecond: exactly(9),
      seconds: 10,
      median: exactly(60),
      p95: exactly(80),
      underway,
    };
    const { doubts } = verdict([target('server', { throughput })]);
    expect(doubts.some((text) => text.startsWith('server: 8 requests had no answer'))).toBe(said);
  });

  test('say that a comparison is of too few blocks, which decides nothing', () => {
    const few = { ...compared('throughput', 'a'), pairs: 4 };
    const { recommended, doubts } = verdict([target('server'), target('serverless')], [few]);
    expect(doubts[0]).toContain('over 4 pairs of blocks alone');
    expect(recommended).toBeUndefined();
  });

  test.each([
    { p99Ms: 1.5, medianLatencyMs: 10, said: true },
    { p99Ms: 0.9, medianLatencyMs: 1, said: false },
    { p99Ms: 4, medianLatencyMs: 100, said: false },
    { p99Ms: 6, medianLatencyMs: 100, said: true },
  ])('a client $p99Ms ms late where the median is $medianLatencyMs ms: said is $said', ({ said, ...late }) => {
    const lateness = [{ scenario: 'autoscaling', target: 'server', ...late }];
    const summary = { targets: [target('server')], comparisons: [], notes: [], client: [], lateness };
    const { cautions } = judge(summary, 'complete');
    expect(cautions.some((text) => text.startsWith('The client sent late in autoscaling'))).toBe(said);
  });

  test('name the latest of several late loads of each target, in a sentence for each scenario', () => {
    const late = { scenario: 'burst', medianLatencyMs: 10 };
    const lateness = [1.5, 3, 2].flatMap((p99Ms) => [
      { ...late, target: 'server', p99Ms },
      { ...late, target: 'serverless', p99Ms: 2 * p99Ms },
    ]);
    const summary = { targets: [target('server')], comparisons: [], notes: [], client: [], lateness };
    expect(judge(summary, 'complete').cautions).toEqual([
      'The client sent late in burst (6 ms to serverless and 3 ms to server, at the 99th percentile); latency there includes that.',
    ]);
  });

  test('say that an open loop that was sent too late decides nothing', () => {
    const lateness = [{ scenario: 'autoscaling', target: 'serverless', p99Ms: 600, medianLatencyMs: 800 }];
    const summary = {
      targets: [target('server'), target('serverless')],
      comparisons: [],
      notes: [],
      client: [],
      lateness,
    };
    expect(limitedByClient(summary).get('autoscaling')).toContain('it sent to serverless 600 ms late');
  });

  test('say everything that limited the client in a scenario', () => {
    const late = { scenario: 'burst', medianLatencyMs: 10 };
    const lateness = [
      { ...late, target: 'server', p99Ms: 7 },
      { ...late, target: 'server', p99Ms: 8 },
      { ...late, target: 'serverless', p99Ms: 9 },
    ];
    const client = [{ scenario: 'burst', cpuShare: 1, loopDelayP99Ms: 1, stolenShare: 0.08, throttledShare: 0.12 }];
    const summary = { targets: [target('server')], comparisons: [], notes: [], client, lateness };
    expect([...limitedByClient(summary)]).toEqual([
      [
        'burst',
        'it sent to serverless 9 ms late at the 99th percentile, and it sent to server 8 ms late at the 99th percentile, ' +
          'and other virtual machines took 8 % of the CPU, and its CPU limit held it back 12 % of the time',
      ],
    ]);
  });

  test('are none of a busy main thread where another one sends', () => {
    const client = [{ scenario: 'burst', cpuShare: 1, loopShare: 0.99, loopDelayP99Ms: 500 }];
    const summary = { targets: [target('server')], comparisons: [], notes: [], client, lateness: [] };
    expect([...limitedByClient(summary).keys()]).toEqual([]);
  });

  test('say once of each figure that its comparisons are of too few blocks', () => {
    const few = ['serverless', 'hybrid'].map((b, index) => ({ ...compared('throughput', 'a'), b, pairs: 3 + index }));
    const hybrid = { ...target('server'), name: 'hybrid' };
    expect(verdict([target('server'), target('serverless'), hybrid], few).doubts).toEqual([
      'Too few samples: throughput of server, serverless and hybrid was compared over at most 4 pairs of blocks alone, so it decides nothing.',
    ]);
  });

  test('say that too few requests leave a p95 unbounded', () => {
    const open = figures({ value: 9, low: 5, high: Number.POSITIVE_INFINITY });
    const { doubts } = verdict([target('server', open), target('serverless')]);
    expect(doubts[0]).toContain('100 successes of server give its p95 no upper bound');
  });

  test('say once that as many requests leave several unbounded', () => {
    const open = figures({ value: 9, low: 5, high: Number.POSITIVE_INFINITY });
    expect(verdict([target('server', open), target('serverless', open)]).doubts).toEqual([
      'Too few samples: 100 successes each of server and serverless give their p95 no upper bound.',
    ]);
  });
});

test('cautions say that weights are synthetic', () => {
  const answers = [
    { kind: 'answer' as const, time: 1, target: 'server', photo: 'a', status: 200, weights: 'synthetic' },
  ];
  expect(verdict([target('server', { answers })]).cautions).toContain(
    'synthetic weights: timings hold, labels do not.',
  );
});
