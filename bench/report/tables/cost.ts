import type { CostCurve, CostFigures } from '../../cost/index.ts';
import { amount, describeAssumptions, describeBreakEvens, money } from '../cost-words.ts';
import { perSecond } from '../format.ts';
import type { Table } from './table.ts';

/** Costs at rates a decade apart, a column for each way to serve. */
export function costTable(cost: CostFigures): Table {
  const { curves, prices } = cost;
  const rates = curves[0]?.points.map(({ rate }) => rate).filter(isDecade) ?? [];
  return {
    title: 'Cost, an estimate',
    caption: `Money a month at a constant mean rate, with what a million requests cost at that rate. ${describeBreakEvens(cost).join(' ')} ${describeAssumptions(cost).join(' ')} Check the prices; --prices FILE takes your own.`,
    alike: true,
    columns: ['Requests a second', ...curves.map(({ name }) => name)],
    rows: [
      ['none', ...curves.map(({ atRest }) => money(atRest, prices.currency))],
      ...rates.map((rate) => [perSecond(rate), ...curves.map((curve) => cell(curve, rate, prices.currency))]),
    ],
  };
}

function cell({ points }: CostCurve, rate: number, currency: string): string {
  const point = points.find((each) => each.rate === rate);
  if (point === undefined) return '–';
  return `${money(point.monthly, currency)} (${amount(point.perMillion)} a million)`;
}

function isDecade(rate: number): boolean {
  const exponent = Math.log10(rate);
  return Math.abs(exponent - Math.round(exponent)) < 1e-6;
}
