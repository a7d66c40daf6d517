import type { Table } from '../report/index.ts';
import type { ComparedTarget, MetricComparison, RunComparison } from './compare.ts';
import { showChange, showEstimate } from './format.ts';

const none = '–';

/** A table for each target, and one of what else differs. */
export function comparisonTables({ runs, targets, distinctions }: RunComparison): Table[] {
  const labels = runs.map(({ label }) => label);
  return [
    ...targets.map((target) => targetTable(target, labels)),
    {
      title: 'What else differs',
      caption:
        'Settings, photos and machines that differ make runs unlike. The rest (versions, images, seeds) may be what is compared.',
      columns: ['', ...labels, 'Unlike'],
      rows: distinctions.map(({ what, values, unlike }) => [
        what,
        ...values.map((value) => value ?? none),
        unlike ? 'yes' : 'no',
      ]),
    },
  ].filter(({ rows }) => rows.length > 0);
}

function targetTable({ name, names, figures }: ComparedTarget, labels: readonly string[]): Table {
  const [first, ...others] = labels;
  const renamed = names.some((each) => each !== undefined && each !== name)
    ? ` It is called ${names.map((each, index) => `${each ?? none} in ${labels[index]}`).join(', ')}.`
    : '';
  return {
    title: `Target ${name}`,
    caption: `Figures with their 95 % intervals, and what changed since ${first}: Welch’s interval over a bootstrap of whole blocks.${renamed}`,
    columns: ['', 'Figure', ...labels, ...others.flatMap((label) => [`${label} minus ${first}`, 'Finding'])],
    rows: figures.map(figureRow),
  };
}

function figureRow({ metric, estimates, changes }: MetricComparison): string[] {
  return [
    metric.label,
    metric.name,
    ...estimates.map((estimate) => (estimate === undefined ? none : showEstimate(metric, estimate))),
    ...changes
      .slice(1)
      .flatMap((change) => (change === undefined ? [none, none] : [showChange(metric, change), change.effect])),
  ];
}
