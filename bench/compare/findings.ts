import type { Metric } from '../metric/index.ts';
import type { Verdict } from '../report/index.ts';
import type { Estimate } from '../stats/index.ts';
import type { MetricChange, RunComparison } from './compare.ts';
import { showEstimate } from './format.ts';

/** What a comparison comes to: the sentence, what stands against it, what changed, and what to know of the figures. */
export type Findings = Pick<Verdict, 'sentence' | 'doubts' | 'reasons' | 'cautions'>;

/** Unlike runs are told first: whatever changed may come from that. */
export function findFindings(comparison: RunComparison): Findings {
  const { runs, distinctions, leftOut } = comparison;
  const [first] = runs;
  const unlike = distinctions.filter((each) => each.unlike).map(({ what }) => what);
  const later = runs.slice(1).map((run, index) => ({ run, found: pairUp(comparison, index + 1) }));
  const counts = later.map(({ run, found }) => `${run.label} against ${first?.label}: ${tally(found)}`);
  return {
    sentence: `${unlike.length === 0 ? '' : 'These runs are unlike, so what changed may come from that. '}${counts.join('. ')}.`,
    doubts: [
      ...(unlike.length === 0 ? [] : [`Unlike in: ${unlike.join(', ')}.`]),
      'The runs did not take turns, so whatever drifted between them (other load, temperature, the network) is in the differences and in no interval.',
      ...runs.flatMap(({ label, doubts }) => doubts.map((doubt) => `${label}: ${doubt}`)),
    ],
    reasons: later.flatMap(({ run, found }) => [
      ...found.flatMap(({ target, metric, change }) =>
        change?.effect === 'better' || change?.effect === 'worse' || change?.effect === 'changed'
          ? [`${run.label}, ${target}: ${metric.label.toLowerCase()} is ${change.effect}.`]
          : [],
      ),
      ...found.filter(isOneSided).map(({ target, metric, before, after }) => {
        const known = before ?? after;
        const figure = known === undefined ? '' : ` (${showEstimate(metric, known)})`;
        const where = before === undefined ? run.label : first?.label;
        return `${run.label}, ${target}: ${metric.label.toLowerCase()} is known of ${where} alone${figure}.`;
      }),
      ...measuredOnce(found, run.label),
    ]),
    cautions: [
      'Each interval holds the true difference 95 times in 100: of twenty figures that did not change, about one is shown as changed.',
      ...leftOut.map(({ name, names }) => {
        const where = runs.filter((_, index) => names[index] !== undefined).map(({ label }) => label);
        return `${name} is left out: only ${where.join(' and ')} has it.`;
      }),
      ...runs.flatMap(({ label, cautions }) => cautions.map((caution) => `${label}: ${caution}`)),
    ],
  };
}

/** A figure of one target in the first run and in another. */
interface Pairing {
  target: string;
  metric: Metric;
  before: Estimate | undefined;
  after: Estimate | undefined;
  change: MetricChange | undefined;
}

/** All that at least one of the two runs has, but for scenarios that one of them was not asked for. */
function pairUp({ runs, targets }: RunComparison, index: number): Pairing[] {
  const asked = [runs[0], runs[index]].map((run) => run?.record.manifest.scenarios ?? []);
  return targets.flatMap(({ name: target, names, figures }) =>
    names[0] === undefined || names[index] === undefined
      ? []
      : figures
          .filter(({ metric }) => {
            const scenario = metric.scenario ?? metric.name.split('.')[0] ?? '';
            return asked[0]?.includes(scenario) === asked[1]?.includes(scenario);
          })
          .map(({ metric, estimates, changes }) => ({
            ...{ target, metric, before: estimates[0], after: estimates[index], change: changes[index] },
          })),
  );
}

/** A burst that no longer recovers, a rate that is no longer kept: there is no figure to set against the other. */
function isOneSided({ before, after }: Pairing): boolean {
  return (before === undefined) !== (after === undefined);
}

/** Nearer to each other than that, figures that were measured once are left to the table. */
const notable = 0.1;

function measuredOnce(found: readonly Pairing[], label: string): string[] {
  const apart = found.flatMap(({ target, metric, before, after, change }) => {
    if (change?.effect !== 'noise unknown' || before === undefined || after === undefined) return [];
    if (Math.abs(change.value) <= notable * Math.abs(before.value)) return [];
    return [
      `${target}, ${metric.label.toLowerCase()}: ${showEstimate(metric, before)}, then ${showEstimate(metric, after)}`,
    ];
  });
  return apart.length === 0
    ? []
    : [`${label}: more than a tenth apart, but measured once or too seldom to know their noise: ${apart.join('; ')}.`];
}

function tally(found: readonly Pairing[]): string {
  const effects = found.flatMap(({ change }) => change?.effect ?? []);
  const count = (...which: MetricChange['effect'][]) => effects.filter((effect) => which.includes(effect)).length;
  const known = effects.length - count('noise unknown');
  const changed = count('better', 'worse', 'changed');
  const rest = [
    ...(count('noise unknown') === 0 ? [] : [`${count('noise unknown')} measured once or too seldom to tell`]),
    ...(found.some(isOneSided) ? [`${found.filter(isOneSided).length} known of one run alone`] : []),
  ];
  const besides = rest.length === 0 ? '' : `; ${rest.join(', ')}`;
  if (changed === 0) return `no difference shown in ${known} figures${besides}`;
  const kinds = (['worse', 'better', 'changed'] as const)
    .filter((effect) => count(effect) > 0)
    .map((effect) => (effect === 'changed' ? `${count(effect)} neither` : `${count(effect)} ${effect}`));
  return `${changed} of ${known} figures changed beyond noise (${kinds.join(', ')})${besides}`;
}
