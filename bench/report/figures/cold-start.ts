import * as Plot from '@observablehq/plot';
import { quantileEstimate } from '../../stats/index.ts';
import type { ColdStartPart, ColdStartTrial, TargetSummary } from '../../summary/index.ts';
import { duration, estimate } from '../format.ts';
import { draw, type Figure } from './plot.ts';
import { evenly, mostMarks } from './thin.ts';

/** In their order; neighbours differ in lightness, not in colour alone. */
const allParts: readonly { name: ColdStartPart; label: string; colour: string }[] = [
  { name: 'react', label: 'react: the platform asks for a replica', colour: 'var(--grey)' },
  { name: 'schedule', label: 'schedule: it gets a node', colour: 'var(--green)' },
  { name: 'pull', label: 'pull: its node has the image', colour: 'var(--vermillion)' },
  { name: 'start', label: 'start: its process', colour: 'var(--sky)' },
  { name: 'runtime', label: 'runtime: Node.js and imports', colour: 'var(--blue)' },
  { name: 'load', label: 'load: the model', colour: 'var(--orange)' },
  { name: 'first answer', label: 'first answer', colour: 'var(--purple)' },
];

/** Parts are told apart by an edge too. */
const edge = { stroke: 'var(--ink)', strokeWidth: 0.75 };

/** What each cold start was spent on, a bar for each trial. */
export function coldStartFigure({ name, coldStart }: TargetSummary): Figure | undefined {
  if (coldStart === undefined || coldStart.trials.length === 0) return undefined;
  const { trials } = coldStart;
  const shown = evenly(trials, mostMarks.trials);
  const parts = allParts.filter(({ name }) => trials.some((trial) => trial.parts.some((part) => part.name === name)));
  const labels = new Map(parts.map(({ name, label }) => [name, label]));
  const bars = shown.flatMap(({ trial, parts }) =>
    parts.map(({ name, ms }) => ({ trial: trial + 1, part: labels.get(name), seconds: ms / 1000 })),
  );
  const medians = parts.map(({ name, label }) => `${label} ${median(trials, name)}`);
  return {
    title: `Cold starts of ${name}`,
    caption: `From the request to its answer, with no replica running: ${estimate(coldStart.median, duration)} at the median of ${coldStart.succeeded} trials. Medians of the parts: ${medians.join('; ')}. A bar has them from left to right.${shown.length < trials.length ? ` Drawn are ${shown.length} of ${trials.length} trials.` : ''}`,
    legend: parts.map(({ label, colour }) => ({ label, colour })),
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

/** Over the trials whose part is known, and of how many those are where some are not. */
function median(trials: readonly ColdStartTrial[], part: ColdStartPart): string {
  const known = trials.flatMap(({ parts }) => parts.flatMap(({ name, ms }) => (name === part ? [ms] : [])));
  const text = estimate(quantileEstimate(known, 0.5), duration);
  return known.length === trials.length ? text : `${text} (told of ${known.length} of ${trials.length} trials)`;
}
