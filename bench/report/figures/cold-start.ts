import * as Plot from '@observablehq/plot';
import type { ColdStartPart, TargetSummary } from '../../summary/index.ts';
import { partWords } from '../cold-start-words.ts';
import { duration, estimate } from '../format.ts';
import { draw, type Figure } from './plot.ts';
import { evenly, mostMarks } from './thin.ts';

/** Neighbours differ in lightness, not in colour alone. */
const colours: Record<ColdStartPart, string> = {
  react: 'var(--grey)',
  schedule: 'var(--green)',
  pull: 'var(--vermillion)',
  start: 'var(--sky)',
  runtime: 'var(--blue)',
  load: 'var(--orange)',
  'first answer': 'var(--purple)',
};

/** Parts are told apart by an edge too. */
const edge = { stroke: 'var(--ink)', strokeWidth: 0.75 };

/** What each cold start was spent on, a bar for each trial. */
export function coldStartFigure({ name, coldStart }: TargetSummary): Figure | undefined {
  if (coldStart === undefined || coldStart.trials.length === 0) return undefined;
  const { trials } = coldStart;
  const shown = evenly(trials, mostMarks.trials);
  const label = (part: ColdStartPart): string => `${part}: ${partWords[part]}`;
  const parts = coldStart.parts.map(({ name }) => ({ label: label(name), colour: colours[name] }));
  const bars = shown.flatMap(({ trial, parts }) =>
    parts.map(({ name, ms }) => ({ trial: trial + 1, part: label(name), seconds: ms / 1000 })),
  );
  return {
    title: `Cold starts of ${name}`,
    caption: `From the request to its answer, with no replica running: ${estimate(coldStart.median, duration)} at the median of ${coldStart.succeeded} trials. A bar has its parts from left to right; the table has their medians.${shown.length < trials.length ? ` Drawn are ${shown.length} of ${trials.length} trials.` : ''}`,
    legend: parts,
    svg: draw(`Cold starts of ${name}, each split into its parts`, {
      marginTop: 8,
      height: 56 + 22 * Math.max(3, shown.length),
      x: { label: 'seconds since the request', grid: true },
      y: { label: 'trial', tickFormat: 'd', type: 'band' },
      color: { domain: parts.map(({ label }) => label), range: parts.map(({ colour }) => colour) },
      marks: [
        Plot.barX(
          bars,
          Plot.stackX({ x: 'seconds', y: 'trial', fill: 'part', order: parts.map(({ label }) => label), ...edge }),
        ),
        Plot.ruleX([0]),
      ],
    }),
  };
}
