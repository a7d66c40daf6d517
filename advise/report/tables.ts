import { duration, number, perSecond, type Table } from '../../bench/index.ts';
import { type Advice, families } from '../search/index.ts';
import { settingsOf } from './words.ts';

const percent = (share: number): string => `${number(share * 100)} %`;

/** What the traffic is like. */
export function trafficTable({ traffic }: Advice): Table {
  const { source, requests, seconds, meanRate, peakRate, peakToMean, burstiness, idleShare, slotSeconds } = traffic;
  return {
    title: 'The traffic',
    caption: `By slots of ${slotSeconds} s. Burstiness is the variance of their counts over the mean: 1 for independent requests at one rate.`,
    columns: ['What', 'Value'],
    rows: [
      ['From', source],
      ['Requests', number(requests)],
      ['Length', `${number(seconds / 3600)} h`],
      ['Mean rate', perSecond(meanRate)],
      ['Peak rate', perSecond(peakRate)],
      ['Peak to mean', number(peakToMean)],
      ['Burstiness', number(burstiness)],
      ['Idle share', percent(idleShare)],
    ],
  };
}

/** Each way to serve with its cheapest settings that hold the objective, cheapest first. */
export function choicesTable({ choices, prices }: Advice): Table {
  return {
    title: 'Each at its cheapest',
    caption:
      'The cheapest settings of each that hold the objective, by simulation of the traffic; the first is the advice.',
    columns: [
      'How',
      'Settings',
      `${prices.currency} a month`,
      'In time',
      'p50',
      'p95',
      'p99',
      'Failed',
      'Replicas, mean',
      'Replicas, most',
      'Cold starts',
    ],
    alike: true,
    rows: choices.map((choice) => {
      const { result, family, monthly } = choice;
      const { good, p50, p95, p99, failed, meanReplicas, peakReplicas, coldStarts } = result;
      const replicas = result.system.kind === 'instances' ? ['–', '–'] : [number(meanReplicas), number(peakReplicas)];
      return [
        families[family],
        settingsOf(choice),
        number(monthly),
        percent(good),
        duration(p50),
        duration(p95),
        duration(p99),
        percent(failed),
        ...replicas,
        number(coldStarts),
      ];
    }),
  };
}

/** The table for a terminal, in columns. */
export function plainTable({ columns, rows }: Table): string {
  const all = [columns, ...rows];
  const widths = columns.map((_, index) => Math.max(...all.map((row) => row[index]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
