import * as Plot from '@observablehq/plot';
import type { BreakEven, CostCurve, CostFigures } from '../../cost/index.ts';
import { describeBreakEvens } from '../cost-words.ts';
import { number, perSecond } from '../format.ts';
import { draw, type Figure, symbols, targetLegend } from './plot.ts';
import { type Styles, styleOf } from './style.ts';

/** Less money than this a month is not drawn. */
const leastMoney = 0.1;

/** Rates whose labels would lie upon each other are closer than this. */
const labelRatio = 3;

/** Money a month against requests a second, both by their logarithm; a dot where two costs change places. */
export function costFigure(cost: CostFigures, styles: Styles): Figure {
  const { curves, prices } = cost;
  const colour = (name: string): string => styleOf(styles, name).colour;
  const lines = curves.flatMap(({ name, points, basis }) =>
    points.map((point) => ({ name, ...point, dashed: basis.kind === 'functions' })),
  );
  const bands = lines.flatMap(({ name, rate, low, high }) =>
    low === undefined || high === undefined || low < leastMoney ? [] : [{ name, rate, low, high }],
  );
  const crossings = crossingsOf(cost);
  const most = Math.max(...lines.map(({ monthly }) => monthly));
  const line = (dashed: boolean): Plot.Markish =>
    Plot.line(
      lines.filter((point) => point.dashed === dashed && point.monthly >= leastMoney),
      {
        ...{ x: 'rate', y: 'monthly', z: 'name', stroke: ({ name }: { name: string }) => colour(name), strokeWidth: 2 },
        ...(dashed ? { strokeDasharray: '6 4' } : {}),
      },
    );
  return {
    title: 'Money a month, an estimate',
    caption: `${describeBreakEvens(cost).join(' ')} A ring is such a break-even, its bar the rates between which no difference is shown; the band is what the 95 % intervals of throughput, time and CPU and the range of memory allow, a step one more replica; the dashed line is a reference. Reckoned from measurements and list prices (as of ${prices.machine.asOf}), for traffic at a constant mean rate, with replicas at ${number(prices.assumptions.utilisation * 100)} % of their throughput; the cost table has every assumption.`,
    legend: targetLegend(curves, styles),
    svg: draw(`Money a month against requests a second for ${curves.map(({ name }) => name).join(', ')}`, {
      height: 320,
      marginLeft: 70,
      x: { label: 'requests a second', type: 'log', grid: true, tickFormat: (rate: number) => number(rate), ticks: 6 },
      y: {
        ...{ label: `${prices.currency} a month`, type: 'log', grid: true, domain: [leastMoney, most], ticks: 6 },
        tickFormat: (amount: number) => number(amount),
      },
      marks: [
        Plot.areaY(bands, {
          ...{ x: 'rate', y1: 'low', y2: 'high', z: 'name', fillOpacity: 0.2 },
          fill: ({ name }: { name: string }) => colour(name),
        }),
        line(false),
        line(true),
        ...curves.map(({ name }) =>
          symbols(
            lines.filter((point) => point.name === name && point.monthly >= leastMoney),
            styleOf(styles, name),
            { x: 'rate', y: 'monthly' },
          ),
        ),
        Plot.ruleY(crossings, { x1: 'low', x2: 'high', y: 'monthly', stroke: 'currentColor', strokeWidth: 2 }),
        Plot.dot(crossings, { x: 'rate', y: 'monthly', r: 7, stroke: 'currentColor', strokeWidth: 2 }),
        Plot.text(apart(crossings), {
          ...{ x: 'rate', y: 'monthly', text: ({ rate }: { rate: number }) => perSecond(rate) },
          ...{ dy: -12, dx: -6, textAnchor: 'end', fill: 'currentColor', stroke: 'var(--paper)', strokeWidth: 3 },
        }),
      ],
    }),
  };
}

/** The first and the last change of places of each pair. */
function crossingsOf({ curves, pairs }: CostFigures): (BreakEven & { monthly: number })[] {
  return pairs
    .flatMap(({ a, breakEvens }) => {
      const curve = curves.find(({ name }) => name === a);
      const ends = breakEvens.filter((_, index) => index === 0 || index === breakEvens.length - 1);
      return curve === undefined ? [] : ends.map((each) => ({ ...each, monthly: between(curve, each.rate) }));
    })
    .filter(({ monthly }) => monthly >= leastMoney);
}

/** Those far enough from each other for their labels. */
function apart<Point extends { rate: number }>(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points.toSorted((a, b) => a.rate - b.rate)) {
    if (point.rate > labelRatio * (kept.at(-1)?.rate ?? 0)) kept.push(point);
  }
  return kept;
}

/** On the line as it is drawn, between two points. */
function between({ points }: CostCurve, rate: number): number {
  const after = points.find((point) => point.rate >= rate);
  const before = points.findLast((point) => point.rate <= rate);
  if (before === undefined || after === undefined) return Number.NaN;
  const share = after.rate === before.rate ? 0 : Math.log(rate / before.rate) / Math.log(after.rate / before.rate);
  return before.monthly * (after.monthly / before.monthly) ** share;
}
