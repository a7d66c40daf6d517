import { describe, expect, test } from 'vitest';
import type { Comparison } from '../../summary/index.ts';
import { allInFull, describeCarrying } from './carrying.ts';

type Higher = Comparison['difference']['higher'];

/** `a` is 2 ms from `b`, or 10 %, whichever is higher. */
function compared(a: string, b: string, figure: Comparison['figure'], higher: Higher): Comparison {
  const sign = higher === 'b' ? -1 : 1;
  const around = (value: number) => ({ value: sign * value, low: sign * value - 1, high: sign * value + 1 });
  const of =
    figure === 'throughput'
      ? ({ scenario: 'throughput', unit: 'per second' } as const)
      : ({ scenario: 'latency', unit: 'ms' } as const);
  return { ...{ figure, a, b, pairs: 10 }, ...of, difference: { ...around(2), higher, percent: around(10) } };
}

/** All figures of two targets. */
const pair = (a: string, b: string, ...[median, p95, throughput]: [Higher, Higher, Higher]): Comparison[] => [
  compared(a, b, 'median latency', median),
  compared(a, b, 'p95 latency', p95),
  compared(a, b, 'throughput', throughput),
];
const three = [
  ...pair('server', 'serverless', 'b', 'b', 'none shown'),
  ...pair('server', 'hybrid', 'none shown', 'none shown', 'none shown'),
  ...pair('serverless', 'hybrid', 'a', 'a', 'b'),
];

test('of two targets every comparison is told with its interval', () => {
  const told = describeCarrying(three.slice(0, 3), 'server');
  expect(told).toHaveLength(3);
  expect(told[0]).toContain('95 % interval');
  expect(allInFull(three.slice(0, 3))).toBe(true);
});

describe('of three targets', () => {
  test('there is a sentence for each that the recommended one was compared with', () => {
    expect(describeCarrying(three, 'server')).toEqual([
      'server against serverless: median latency 2 ms or 10 % lower; p95 latency 2 ms or 10 % lower; no difference in throughput is shown.',
      'server against hybrid: no difference in median latency, p95 latency or throughput is shown.',
    ]);
    expect(allInFull(three)).toBe(false);
  });

  test('the recommended one is the one that is told of, whichever of two it is', () => {
    expect(describeCarrying(three, 'hybrid')[1]).toBe(
      'hybrid against serverless: median latency 2 ms lower; p95 latency 2 ms lower; throughput 2/s higher.',
    );
  });

  test('without a recommended one those that differ are told', () => {
    expect(describeCarrying(three, undefined).map((text) => text.split(':')[0])).toEqual([
      'server against serverless',
      'serverless against hybrid',
    ]);
  });

  test('without any difference one sentence says so', () => {
    const alike = three.map((each) => ({ ...each, difference: { ...each.difference, higher: 'none shown' as const } }));
    expect(describeCarrying(alike, undefined)).toEqual([
      'No difference in median latency, p95 latency or throughput is shown between any two of server, serverless and hybrid.',
    ]);
  });
});
