import * as Plot from '@observablehq/plot';
import { draw, type Figure } from '../report/index.ts';
import type { MetricChange, RunComparison } from './compare.ts';
import { isClosed } from './format.ts';

/** Beyond these changes, in per cent, nothing is drawn. */
const limits = { low: -100, high: 200 };

/** Colour and shape say the same, for those who do not see one of them. */
const looks: Record<MetricChange['effect'], { colour: string; symbol: Plot.SymbolType }> = {
  worse: { colour: 'var(--vermillion)', symbol: 'triangle' },
  better: { colour: 'var(--blue)', symbol: 'square' },
  changed: { colour: 'var(--purple)', symbol: 'diamond' },
  'no difference shown': { colour: 'var(--grey)', symbol: 'circle' },
  'noise unknown': { colour: 'var(--grey)', symbol: 'cross' },
};

/** How far each figure of a run lies from that of the first, in per cent; undefined when none can be told so. */
export function changesFigure({ runs, targets }: RunComparison, index: number): Figure | undefined {
  const rows = targets.flatMap(({ name, figures }) =>
    figures.flatMap(({ metric, changes }) => {
      const change = changes[index];
      if (change?.relative === undefined) return [];
      const { value, low, high } = change.relative;
      const row = targets.length > 1 ? `${name}: ${metric.name}` : metric.name;
      const drawn = { row, value: clamp(value), effect: change.effect, ...looks[change.effect] };
      return [{ ...drawn, interval: isClosed(change.relative), low: clamp(low), high: clamp(high) }];
    }),
  );
  if (rows.length === 0) return undefined;
  const effects = (Object.keys(looks) as MetricChange['effect'][]).filter((each) =>
    rows.some(({ effect }) => effect === each),
  );
  const [first, other] = [runs[0]?.label, runs[index]?.label];
  return {
    title: `What changed from ${first} to ${other}`,
    caption: `Each figure of ${other} in per cent above or below that of ${first}; the line is the 95 % interval, and one that crosses zero shows no difference. Whether more is better depends on the figure: triangles are worse, squares better. Drawn from ${limits.low} to +${limits.high} % at most.`,
    legend: effects.map((effect) => ({ label: effect, ...looks[effect] })),
    svg: draw(`Change of each figure from ${first} to ${other}, in per cent`, {
      height: 90 + 24 * rows.length,
      marginLeft: 210,
      x: { label: 'change, %', grid: true, nice: true },
      y: { label: null, domain: rows.map(({ row }) => row) },
      marks: [
        Plot.ruleX([0]),
        Plot.ruleY(
          rows.filter(({ interval }) => interval),
          { x1: 'low', x2: 'high', y: 'row', stroke: 'colour', strokeWidth: 2 },
        ),
        Plot.dot(rows, { x: 'value', y: 'row', fill: 'colour', symbol: 'symbol', r: 5 }),
      ],
    }),
  };
}

function clamp(relative: number): number {
  return Math.min(limits.high, Math.max(limits.low, relative * 100));
}
