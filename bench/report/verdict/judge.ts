import type { Summary, TargetSummary } from '../../summary/index.ts';
import { capacityReasons } from '../capacity.ts';
import { duration, listed, megabytes } from '../format.ts';
import { describeCarrying } from './carrying.ts';
import { findCautions } from './cautions.ts';
import { choose } from './choose.ts';
import { named } from './describe.ts';
import { findDoubts } from './doubts.ts';
import { hasEnough } from './enough.ts';
import { limitedByClient } from './limited.ts';

/** What a run says in the end. */
export interface Verdict {
  /** Name of the target that suits; absent when nothing could be compared. */
  recommended?: string;
  sentence: string;
  /** What this run could not decide, and what was lost on the way: part of the verdict. */
  doubts: string[];
  /** The figures that led there, and when the other choice would be right. */
  reasons: string[];
  /** What else to know of the figures. */
  cautions: string[];
}

/**
 * One recommendation, by rules that a reader can check: a target that failed is out, then one that does not keep up with
 * the load; of the rest, the one that is shown to be better in latency or throughput and nowhere worse; else, where
 * that is known, the one with the fewest parts. Where none of these decides, nothing is recommended.
 */
export function judge(summary: Summary, status: string): Verdict {
  const limited = limitedByClient(summary);
  const besides = { doubts: findDoubts(summary, status, limited), cautions: findCautions(summary) };
  const sound = summary.targets.filter(({ failed }) => !failed);
  const comparisons = summary.comparisons.filter(({ a, b }) =>
    [a, b].every((name) => sound.some((t) => t.name === name)),
  );
  const telling = comparisons.filter((comparison) => !limited.has(comparison.scenario) && hasEnough(comparison));
  const [only, ...others] = sound;
  if (only === undefined) {
    return { sentence: 'No target answered well enough to recommend one.', reasons: [], ...besides };
  }
  if (others.length === 0) return { ...judgeOne(only, summary), ...besides };
  const chosen = choose(sound, telling, !limited.has('autoscaling'));
  const capacity = limited.has('capacity') ? [] : capacityReasons(sound);
  const reasons = [...describeCarrying(telling, chosen.target?.name), ...capacity];
  if (chosen.target === undefined) return { sentence: chosen.because, reasons, ...besides };
  return {
    recommended: chosen.target.name,
    sentence: `Serve this model with ${named(chosen.target)}: ${chosen.because}.`,
    reasons: [...reasons, ...(limited.has('cold-start') ? [] : whenToGoToZero(sound, chosen.target))],
    ...besides,
  };
}

function judgeOne(only: TargetSummary, summary: Summary): Omit<Verdict, 'doubts' | 'cautions'> {
  const failed = summary.targets.filter((target) => target.failed).map(({ name }) => name);
  if (failed.length > 0) {
    const sentence = `Serve this model with ${named(only)}: ${listed(failed)} failed, it did not.`;
    return { recommended: only.name, sentence, reasons: [] };
  }
  const latency =
    only.latency === undefined ? '' : ` It answers in ${duration(only.latency.median.value)} at the median.`;
  return { sentence: `Only ${only.name} was measured, so there is nothing to compare it with.${latency}`, reasons: [] };
}

/** What going to zero would cost and save, where a target can and another is always on. */
function whenToGoToZero(sound: readonly TargetSummary[], chosen: TargetSummary): string[] {
  const serverless = sound.find(({ coldStart }) => coldStart !== undefined);
  const always = sound.find(({ coldStart }) => coldStart === undefined);
  if (serverless?.coldStart === undefined || always === undefined) return [];
  const wait = `the next request waits ${duration(serverless.coldStart.median.value)} for its answer`;
  const memory =
    serverless.atZero === undefined || always.idle === undefined
      ? ''
      : `, and ${megabytes(serverless.atZero.memoryBytes)} are held instead of ${megabytes(always.idle.memoryBytes)}`;
  const rule = `Where traffic pauses, ${serverless.name} can go to zero replicas: ${wait}${memory}.`;
  return [serverless === chosen ? rule : `${rule} Choose it if such pauses are long and that wait is acceptable.`];
}
