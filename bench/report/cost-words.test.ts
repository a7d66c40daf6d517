import { expect, test } from 'vitest';
import type { CostFigures, CostPair, Stretch } from '../cost/index.ts';
import { describeBreakEvens } from './cost-words.ts';

const points = [{ rate: 1, monthly: 1, low: 1, high: 1, perMillion: 1 }];

/** The words for a pair of which the costs are said to be less in such stretches, upwards and without a gap. */
function words(stretches: Stretch[], breakEvens: [low: number, high: number, cheaperBelow: 'a' | 'b'][] = []): string {
  const pair: CostPair = {
    ...{ a: 'server', b: 'functions', stretches },
    breakEvens: breakEvens.map(([low, high, cheaperBelow]) => ({ rate: low, low, high, cheaperBelow })),
  };
  const curves = ['server', 'functions'].map((name) => ({ name, points }));
  return describeBreakEvens({ curves, pairs: [pair] } as CostFigures).join(' ');
}

test.each<[string, string, Stretch[], ...[number, number, 'a' | 'b'][]]>([
  ['no difference shown at any rate.', 'alike', [{ from: 0.001, to: 1000 }]],
  ['server at every rate shown.', 'always less', [{ from: 0.001, to: 1000, cheaper: 'a' }]],
  [
    'functions up to 2/s, server beyond 2/s.',
    'a sharp break-even',
    [
      { from: 0.001, to: 2, cheaper: 'b' },
      { from: 2, to: 1000, cheaper: 'a' },
    ],
    [2, 2, 'b'],
  ],
  [
    'functions up to 2/s, server beyond 3/s, no difference shown between.',
    'a break-even that is not known exactly',
    [
      { from: 0.001, to: 2, cheaper: 'b' },
      { from: 2, to: 3 },
      { from: 3, to: 1000, cheaper: 'a' },
    ],
    [2, 3, 'b'],
  ],
  [
    'server from 0.001/s to 2/s; no difference shown beyond 2/s.',
    'less at low rates alone',
    [
      { from: 0.001, to: 2, cheaper: 'a' },
      { from: 2, to: 1000 },
    ],
  ],
  [
    'server up to 8/s, functions beyond 9/s, no difference shown between; no difference shown in stretches up to 8/s.',
    'a stretch that is open below the break-even',
    [
      { from: 0.001, to: 5, cheaper: 'a' },
      { from: 5, to: 6 },
      { from: 6, to: 8, cheaper: 'a' },
      { from: 8, to: 9 },
      { from: 9, to: 1000, cheaper: 'b' },
    ],
    [8, 9, 'a'],
  ],
  [
    'server up to 8/s, functions beyond 8/s; no difference shown in stretches beyond 8/s, and beyond 60/s.',
    'a stretch that is open above the break-even',
    [
      { from: 0.001, to: 8, cheaper: 'a' },
      { from: 8, to: 20, cheaper: 'b' },
      { from: 20, to: 30 },
      { from: 30, to: 60, cheaper: 'b' },
      { from: 60, to: 1000 },
    ],
    [8, 8, 'a'],
  ],
  [
    'server from 0.001/s to 8/s, with stretches between that show no difference; no difference shown beyond 8/s.',
    'less in two stretches, and never more',
    [
      { from: 0.001, to: 5, cheaper: 'a' },
      { from: 5, to: 6 },
      { from: 6, to: 8, cheaper: 'a' },
      { from: 8, to: 1000 },
    ],
  ],
  [
    'server up to 8/s, server beyond 30/s, by turns between, replica by replica.',
    'break-evens with nothing open between',
    [
      { from: 0.001, to: 8, cheaper: 'a' },
      { from: 8, to: 30, cheaper: 'b' },
      { from: 30, to: 1000, cheaper: 'a' },
    ],
    [8, 8, 'a'],
    [30, 30, 'b'],
  ],
  [
    'server up to 8/s, server beyond 30/s, by turns between, replica by replica; no difference shown in stretches between 8/s and 30/s.',
    'a stretch that is open between break-evens',
    [
      { from: 0.001, to: 8, cheaper: 'a' },
      { from: 8, to: 9 },
      { from: 9, to: 30, cheaper: 'b' },
      { from: 30, to: 1000, cheaper: 'a' },
    ],
    [8, 9, 'a'],
    [30, 30, 'b'],
  ],
])('%s (%s)', (said, _, stretches, ...breakEvens) => {
  expect(words(stretches, breakEvens)).toBe(`Cheaper of server and functions: ${said}`);
});

test('what was measured on one block is said to be compared with nothing', () => {
  const curves = [{ name: 'server', points: [{ rate: 1, monthly: 1, perMillion: 1 }] }];
  expect(describeBreakEvens({ curves, pairs: [] } as unknown as CostFigures)).toEqual([
    'What server costs was measured on too few blocks to be compared: no difference is shown.',
  ]);
});
