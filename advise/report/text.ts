import { number, perSecond } from '../../bench/index.ts';
import type { Advice } from '../search/index.ts';
import { sparkline } from '../traffic/index.ts';
import { choicesTable, plainTable } from './tables.ts';
import { wordsOf } from './words.ts';

/** The advice for a terminal. */
export function adviceText(advice: Advice): string {
  const { traffic } = advice;
  const { sentence, reasons, flips, doubts, cautions } = wordsOf(advice);
  const list = (title: string, items: readonly string[]): string[] =>
    items.length === 0 ? [] : ['', title, ...items.map((item) => `  ${item}`)];
  return [
    `${traffic.source}: ${number(traffic.requests)} requests in ${number(traffic.seconds / 3600)} h, ${perSecond(traffic.meanRate)} on average, peak ${perSecond(traffic.peakRate)} (${number(traffic.peakToMean)} times that), burstiness ${number(traffic.burstiness)}, idle ${number(traffic.idleShare * 100)} %`,
    sparkline(traffic.shape),
    '',
    sentence,
    ...reasons.map((reason) => `  ${reason}`),
    ...(advice.choices.length === 0 ? [] : ['', plainTable(choicesTable(advice))]),
    ...list('What would change it', flips),
    ...list('Not settled by the measurement', doubts),
    ...list('To know', cautions),
    '',
  ].join('\n');
}

/** The advice for programs: without what was simulated beside the choices. */
export function adviceJson(advice: Advice): string {
  const { rates, choices, ...rest } = advice;
  const chosen = (all: Advice['choices']) =>
    all.map(({ family, monthly, result }) => {
      const { settings, good, failed, mean, p50, p95, p99, meanReplicas, peakReplicas, coldStarts, take } = result;
      return {
        family,
        monthly,
        settings,
        good,
        failed,
        mean,
        p50,
        p95,
        p99,
        meanReplicas,
        peakReplicas,
        coldStarts,
        take,
      };
    });
  return `${JSON.stringify(
    {
      ...rest,
      words: wordsOf(advice),
      choices: chosen(choices),
      rates: rates.map((each) => ({ factor: each.factor, rate: each.rate, choices: chosen(each.choices) })),
    },
    null,
    2,
  )}\n`;
}
