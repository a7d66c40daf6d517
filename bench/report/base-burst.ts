import type { CostFigures } from '../cost/index.ts';
import type { BaseBurstFigures, PhaseFigures, Summary, TargetSummary } from '../summary/index.ts';
import { money } from './cost-words.ts';
import { counted, duration, estimate, listed, number, perSecond, share } from './format.ts';
import type { Table } from './tables/index.ts';

type Burst = Pick<TargetSummary, 'name' | 'baseBurst'>;

/** Who answered in the burst, and what the first of those waited that overflowed; a sentence or two. */
export function describeBaseBurst({ name, baseBurst }: Burst): string {
  const burst = baseBurst?.phases.find(({ phase }) => phase === 'burst');
  if (baseBurst === undefined || burst === undefined) return '';
  const p99 = burst.p99 === undefined ? 'nothing was answered' : `p99 of the answered ${duration(burst.p99.value)}`;
  const lost = burst.attempts === 0 ? 0 : (burst.late + burst.failed) / burst.attempts;
  return `${name}: in the burst ${p99}, ${share(lost)} late or failed.${describeOverflow(baseBurst.overflow)}`;
}

function describeOverflow(overflow: BaseBurstFigures['overflow']): string {
  if (overflow === undefined) return '';
  const { requests, firstAnswerSeconds, firstWaits: waits, gaveUp } = overflow;
  const [woke] = firstAnswerSeconds;
  const inVain = gaveUp && `${counted(gaveUp.requests, 'request')} gave up after ${duration(gaveUp.least)} or more`;
  if (woke === undefined) return ` The function answered nothing${inVain === undefined ? '' : `: ${inVain}`}.`;
  const waited = waits && `${counted(waits.requests, 'request')} waited up to ${duration(waits.greatest)}`;
  const until = [waited, inVain].filter((each) => each !== undefined);
  const rest = until.length === 0 ? '' : `, for which ${listed(until)}`;
  return ` ${counted(requests, 'request')} overflowed; the function gave its first answer ${duration(woke * 1000)} into the burst${rest}.`;
}

/** What became of the requests of each phase on each target; absent when there was no burst on a base. */
export function baseBurstTable({ targets }: Summary): Table | undefined {
  const [first] = found(targets);
  if (first === undefined) return undefined;
  const { perSecond: rate, factor, trials } = first.baseBurst;
  return {
    title: 'Burst on a base',
    caption: `${perSecond(rate)} of random arrivals, ${number(factor)} times as many, and the steady rate again, with autoscaling on; ${counted(trials, 'trial')}. A request belongs to the phase in which it was due. Median and 99th percentile are of the answered alone: those that failed, also after the longest wait, are not in them. Late are those answered past the objective’s limit; served by is told by a hybrid’s router.`,
    columns: [
      'Target and phase',
      'Requests',
      'Median of the answered',
      '99th percentile of the answered',
      'Late',
      'Failed',
      'Served by',
    ],
    rows: found(targets).flatMap(({ name, baseBurst }) => baseBurst.phases.map((phase) => phaseRow(name, phase))),
  };
}

function phaseRow(name: string, { phase, attempts, late, failed, median, p99, servedBy }: PhaseFigures): string[] {
  const served = Object.entries(servedBy).map(([by, requests]) => `${by} ${number(requests)}`);
  const of = (part: number): string => (attempts === 0 ? '–' : share(part / attempts));
  return [
    `${name}, ${phase}`,
    number(attempts),
    median === undefined ? '–' : estimate(median, duration),
    p99 === undefined ? '–' : estimate(p99, duration),
    of(late),
    of(failed),
    served.join(', ') || '–',
  ];
}

/** What a day of that pattern takes of each target; absent when there was none. */
export function basePatternTable({ targets }: Summary, cost: CostFigures | undefined): Table | undefined {
  if (found(targets).length === 0) return undefined;
  return {
    title: 'A day of that pattern',
    caption:
      'The burst on a base again and again for a day, with as many replicas as it was seen to take. Money as in the table of costs, for what is kept, whether or not the objective holds.',
    columns: ['Target', 'Replicas, as a mean', 'Money a day', 'First answer of the function', 'Waits until then'],
    rows: found(targets).map((target) => [target.name, ...patternCells(target, cost)]),
  };
}

function patternCells(target: Found, cost: CostFigures | undefined): string[] {
  const { meanReplicas, overflow } = target.baseBurst;
  const woke = overflow?.firstAnswerSeconds.map((seconds) => duration(seconds * 1000)).join(', ');
  return [
    meanReplicas === undefined ? '–' : number(meanReplicas),
    moneyCell(target, cost),
    woke ? `${woke} into the burst` : '–',
    waitsCell(overflow),
  ];
}

function moneyCell({ name, throughput }: Found, cost: CostFigures | undefined): string {
  const day = cost?.basePattern.find((each) => each.name === name);
  if (day !== undefined && cost !== undefined) return money(day.perDay, cost.prices.currency);
  return throughput === undefined ? '– (needs the scenario throughput)' : '–';
}

function waitsCell({ firstWaits: waits, gaveUp }: Partial<NonNullable<BaseBurstFigures['overflow']>> = {}): string {
  const told = [
    waits &&
      `${counted(waits.requests, 'request')}, ${duration(waits.median.value)} at the median, ${duration(waits.greatest)} at most`,
    gaveUp && `${number(gaveUp.requests)} gave up after ${duration(gaveUp.least)} or more`,
  ];
  return told.filter((each) => each !== undefined).join('; ') || '–';
}

type Found = TargetSummary & { baseBurst: BaseBurstFigures };

function found(targets: readonly TargetSummary[]): Found[] {
  return targets.filter((target): target is Found => target.baseBurst !== undefined);
}
