import * as Plot from '@observablehq/plot';
import type { Comparison, TargetSummary } from '../../summary/index.ts';
import { draw, type Figure, targetLegend } from './plot.ts';
import { type Styles, styleOf } from './style.ts';

/** By how many percent `a` is better than `b`, whichever way is better in that figure. */
interface Advantage {
  figure: string;
  pair: string;
  better: string | undefined;
  value: number;
  low: number;
  high: number;
}

/** What is compared, each difference in percent with its interval: which is better, by how much, and how sure that is. */
export function differenceFigure(
  comparisons: readonly Comparison[],
  targets: readonly TargetSummary[],
  styles: Styles,
): Figure | undefined {
  const rows = comparisons.flatMap(advantage);
  if (rows.length === 0) return undefined;
  const pairs = [...new Set(rows.map(({ pair }) => pair))];
  const shown = targets.filter(({ name }) => comparisons.some(({ a, b }) => a === name || b === name));
  const [a, b] = [comparisons[0]?.a, comparisons[0]?.b];
  const label = pairs.length === 1 ? `← ${b} is better, %  ·  ${a} is better, % →` : 'percent by which it is better →';
  return {
    title: 'Which is better, and by how much',
    caption: `How much better the ${pairs.length === 1 ? `figures of ${a} are than those of ${b}, in percent of ${b}’s` : 'first of two is than the second, in percent of the second’s figure'}: sooner answers, or more of them. The line is the 95 % interval, all of them holding together; one that crosses zero shows no difference, and its mark is hollow.`,
    legend: targetLegend(shown, styles),
    svg: draw('Differences between targets in percent, with their intervals', {
      height: 60 + 34 * rows.length + 26 * (pairs.length - 1),
      marginTop: 10,
      inset: 10,
      marginLeft: 130,
      marginRight: pairs.length === 1 ? 24 : 200,
      x: { label, labelAnchor: 'center', grid: true, nice: true, zero: true, ticks: 7, labelArrow: 'none' },
      y: { label: null, type: 'point', domain: [...new Set(rows.map(({ figure }) => figure))] },
      fy: { label: null, domain: pairs, axis: pairs.length === 1 ? null : 'right' },
      marks: [
        Plot.ruleX([0], { strokeWidth: 1.5 }),
        ...rows.flatMap((row) => {
          const { colour, symbol } = row.better === undefined ? none : styleOf(styles, row.better);
          const at = { y: 'figure', ...(pairs.length === 1 ? {} : { fy: 'pair' }) };
          return [
            Plot.ruleY([row], { ...at, x1: 'low', x2: 'high', stroke: colour, strokeWidth: 3 }),
            Plot.dot([row], {
              ...{ ...at, x: 'value', r: 6, symbol, stroke: colour, strokeWidth: 2 },
              fill: row.better === undefined ? 'var(--paper)' : colour,
            }),
          ];
        }),
      ],
    }),
  };
}

const none = { colour: 'var(--soft)', symbol: 'circle' } as const;

/** None where the percentage has no bounds. */
function advantage({ figure, unit, a, b, difference }: Comparison): Advantage[] {
  const { percent, higher } = difference;
  if (percent === undefined || ![percent.low, percent.high].every(Number.isFinite)) return [];
  const moreIsBetter = unit === 'per second';
  const winner = (higher === 'a') === moreIsBetter ? a : b;
  const { value, low, high } = percent;
  return [
    {
      ...{ figure, pair: `${a} over ${b}`, better: higher === 'none shown' ? undefined : winner },
      ...(moreIsBetter ? { value, low, high } : { value: -value, low: -high, high: -low }),
    },
  ];
}
