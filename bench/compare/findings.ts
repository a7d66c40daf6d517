import type { Verdict } from '../report/index.ts';
import type { MetricChange, RunComparison } from './compare.ts';

/** What a comparison comes to: the sentence, what stands against it, what changed, and what to know of the figures. */
export type Findings = Pick<Verdict, 'sentence' | 'doubts' | 'reasons' | 'cautions'>;

/** Unlike runs are told first: whatever changed may come from that. */
export function findFindings(comparison: RunComparison): Findings {
  const { runs, distinctions, targets, leftOut } = comparison;
  const [first] = runs;
  const unlike = distinctions.filter((each) => each.unlike).map(({ what }) => what);
  const counts = runs.slice(1).map(({ label }, index) => {
    const effects = targets.flatMap(({ figures }) =>
      figures.flatMap(({ changes }) => changes[index + 1]?.effect ?? []),
    );
    return `${label} against ${first?.label}: ${tally(effects)}`;
  });
  return {
    sentence: `${unlike.length === 0 ? '' : 'These runs are unlike, so what changed may come from that. '}${counts.join('. ')}.`,
    doubts: [
      ...(unlike.length === 0 ? [] : [`Unlike in: ${unlike.join(', ')}.`]),
      'The runs did not take turns, so whatever drifted between them (other load, temperature, the network) is in the differences and in no interval.',
      ...runs.flatMap(({ label, doubts }) => doubts.map((doubt) => `${label}: ${doubt}`)),
    ],
    reasons: [
      ...runs.slice(1).flatMap((run, index) =>
        targets.flatMap(({ name, figures }) =>
          figures.flatMap(({ metric, changes }) => {
            const effect = changes[index + 1]?.effect;
            const changed = effect === 'better' || effect === 'worse' || effect === 'changed';
            return changed ? [`${run.label}, ${name}: ${metric.label.toLowerCase()} is ${effect}.`] : [];
          }),
        ),
      ),
    ],
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

function tally(effects: readonly MetricChange['effect'][]): string {
  const count = (...which: MetricChange['effect'][]) => effects.filter((effect) => which.includes(effect)).length;
  const known = effects.length - count('noise unknown');
  const changed = count('better', 'worse', 'changed');
  if (changed === 0) return `no difference shown in ${known} figures`;
  const kinds = (['worse', 'better', 'changed'] as const)
    .filter((effect) => count(effect) > 0)
    .map((effect) => (effect === 'changed' ? `${count(effect)} neither` : `${count(effect)} ${effect}`));
  return `${changed} of ${known} figures changed beyond noise (${kinds.join(', ')})`;
}
