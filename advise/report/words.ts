import { duration, formatObjective, number, perSecond } from '../../bench/index.ts';
import { type Advice, type Choice, type Flip, families } from '../search/index.ts';

/** The advice in a sentence, then why, then what could change it. */
export interface Words {
  sentence: string;
  reasons: string[];
  flips: string[];
  doubts: string[];
  cautions: string[];
}

export function wordsOf(advice: Advice): Words {
  const { choices, objective, prices, blame } = advice;
  const [best, next] = choices;
  const money = (amount: number): string => `${number(amount)} ${prices.currency} a month`;
  const asked = formatObjective(objective);
  return {
    sentence:
      best === undefined
        ? `Nothing that was tried holds ${asked}.`
        : `Take ${families[best.family]} (${settingsOf(best)}): it holds ${asked} for ${money(best.monthly)}.`,
    reasons: [
      ...(blame === undefined ? [] : [blame]),
      ...(best === undefined ? [] : [headroom(best, advice)]),
      ...(best !== undefined && next !== undefined
        ? [
            `The runner-up is ${families[next.family]} (${settingsOf(next)}), ${money(next.monthly - best.monthly)} more (${number(((next.monthly - best.monthly) / next.monthly) * 100)} % of its ${money(next.monthly)}).`,
          ]
        : []),
      ...unable(advice),
    ],
    flips: flipsOf(advice),
    doubts: advice.doubts.map(
      ({ of, becomes, run }) =>
        `Not settled: ${of}, and with that the answer is ${nameOf(becomes)}. ${run} would settle it.`,
    ),
    cautions: cautionsOf(advice),
  };
}

export function settingsOf({ result }: Pick<Choice, 'result'>): string {
  return Object.entries(result.settings)
    .map(([name, value]) => `${name} ${number(value)}`)
    .join(', ');
}

function headroom({ result }: Choice, { objective }: Advice): string {
  const { good, failed, p95, p99 } = result;
  return `${number(good * 100)} % of requests are answered within ${duration(objective.latencyMs)}; p95 is ${duration(p95)}, p99 ${duration(p99)}, and ${number(failed * 100)} % fail.`;
}

function unable({ choices }: Advice): string[] {
  const none = Object.entries(families).filter(([family]) => !choices.some((choice) => choice.family === family));
  if (none.length === 0 || choices.length === 0) return [];
  return [`No settings that were tried hold it for: ${none.map(([, name]) => name).join('; ')}.`];
}

function flipsOf(advice: Advice): string[] {
  if (advice.flips.length === 0)
    return ['No change of rate, price, cold start or objective that was tried makes it another answer.'];
  return advice.flips.map((flip) => `${placeOf(flip, advice)}, it is ${nameOf(flip.becomes)}.`);
}

function placeOf({ of, from, to }: Flip, { traffic }: Advice): string {
  const way = to > from ? 'more' : 'less';
  if (of === 'objective') return `With a limit of ${duration(to)} or ${way} (still the same at ${duration(from)})`;
  if (of === 'rate') {
    const rate = (factor: number): string => perSecond(traffic.meanRate * factor);
    return `At ${number(to)} times the rate (${rate(to)} on average; still the same at ${rate(from)})`;
  }
  return `At ${number(to)} times the ${of} or ${way} (still the same at ${number(from)})`;
}

function nameOf(family: Choice['family'] | undefined): string {
  return family === undefined ? 'that nothing holds the objective' : families[family];
}

function cautionsOf({ assumed, prices, traffic, wasSampled }: Advice): string[] {
  return [
    ...assumed.map((each) => `Assumed: ${each}`),
    ...(traffic.slotSeconds > 1
      ? [
          `The traffic is known by the ${traffic.slotSeconds} s alone: within them requests are taken to come at random, without bursts.`,
        ]
      : []),
    ...(wasSampled
      ? [
          'Settings were searched on a part of the traffic with its busiest stretch, and the chosen ones simulated on all of it.',
        ]
      : []),
    `Prices are those of ${prices.machine.asOf} (machines: ${prices.machine.source}) and ${prices.functions.asOf} (functions: ${prices.functions.source}); --prices takes your own.`,
  ];
}
