import * as Plot from '@observablehq/plot';
import { quantile } from '../../stats/index.ts';
import type { ColdStartTrial, TargetSummary } from '../../summary/index.ts';
import { duration, estimate } from '../format.ts';
import { draw, type Figure } from './plot.ts';
import { evenly, mostMarks } from './thin.ts';

const parts = [
  { key: 'start', label: 'start: platform, process, runtime', colour: 'var(--sky)' },
  { key: 'load', label: 'load: the model', colour: 'var(--orange)' },
  { key: 'firstAnswer', label: 'first answer', colour: 'var(--purple)' },
] as const;

/** Parts are told apart by an edge too. */
const edge = { stroke: 'var(--ink)', strokeWidth: 0.75 };

/** What each cold start was spent on, a bar for each trial. */
export function coldStartFigure({ name, coldStart }: TargetSummary): Figure | undefined {
  if (coldStart === undefined || coldStart.trials.length === 0) return undefined;
  const { trials } = coldStart;
  const shown = evenly(trials, mostMarks.trials);
  const bars = shown.flatMap((trial) =>
    parts.map(({ key, label }) => ({ trial: trial.trial + 1, part: label, seconds: trial[key] / 1000 })),
  );
  const medians = parts.map(({ key, label }) => `${label} ${duration(median(trials, key))}`);
  return {
    title: `Cold starts of ${name}`,
    caption: `From the request to its answer, with no replica running: ${estimate(coldStart.median, duration)} at the median of ${coldStart.succeeded} trials. Medians of the parts: ${medians.join('; ')}. A bar has them from left to right.${shown.length < trials.length ? ` Drawn are ${shown.length} of ${trials.length} trials.` : ''}`,
    legend: parts.map(({ label, colour }) => ({ label, colour })),
    svg: draw(`Cold starts of ${name}, each split into start, load and first answer`, {
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

function median(trials: readonly ColdStartTrial[], part: (typeof parts)[number]['key']): number {
  return quantile(
    trials.map((trial) => trial[part]).toSorted((a, b) => a - b),
    0.5,
  );
}
