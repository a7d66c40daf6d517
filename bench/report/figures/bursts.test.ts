import { expect, test } from 'vitest';
import { baseBurstFigure } from './base-burst.ts';
import { burstFigure } from './burst.ts';
import { targetStyles } from './style.ts';

const phase = { attempts: 10, good: 8, late: 1, failed: 1, servedBy: {} };
const about = (value: number) => ({ value, low: value, high: value });

const target = (name: string, replicas: { seconds: number; value: number }[]) => ({
  ...{ name, architecture: 'hybrid' },
  baseBurst: {
    ...{ perSecond: 3, factor: 4, trials: 1, meanRate: 7.5 },
    phases: [{ phase: 'burst', ...phase, p99: about(4300) }],
    served: [
      { by: 'base-1', seconds: 0, value: 3 },
      { by: 'overflow', seconds: 25, value: 5 },
    ],
    replicas,
  },
});
const shape = { beforeSeconds: 20, burstSeconds: 60 };

test('the figure of a burst on a base tells who answered, and shows replicas where they are known', () => {
  const known = baseBurstFigure([target('a', [{ seconds: 0, value: 1 }])] as never, shape);
  expect(known?.legend.map(({ label }) => label)).toEqual(['base-1', 'overflow']);
  expect(known?.caption).toMatch(/^a: in the burst p99 of the answered 4\.3 s, 20 % late or failed\. .* replicas\.$/);
  expect(known?.svg.text.match(/<svg/g)).toHaveLength(2);
  const unknown = baseBurstFigure([target('a', [])] as never, shape);
  expect(unknown?.caption).not.toContain('replicas');
  expect(unknown?.svg.text.match(/<svg/g)).toHaveLength(1);
});

test('there is no such figure where no burst came to its end', () => {
  expect(baseBurstFigure([{ name: 'a' }] as never, shape)).toBeUndefined();
});

test('the percentile of a burst’s windows is said to be of the answered', () => {
  const trial = { ...phase, from: 1, latency: [{ seconds: 0, value: 100 }], replicas: [] };
  const burst = { objective: 'p95 < 2 s, errors < 1 %', perSecond: 9, starts: [{ from: 1 }], trials: [trial] };
  const targets = [{ name: 'a', architecture: 'server', burst }];
  const objective = { quantile: 0.95, latencyMs: 2000, errorShare: 0.01 };
  const figure = burstFigure(targets as never, objective, targetStyles(targets));
  expect(figure?.caption).toContain('p95 of the answered in each window');
});
