import { type CostCurve, type CostFigures, type CostPair, cloudFunctions, type Stretch } from '../cost/index.ts';
import { duration, number, perSecond } from './format.ts';

/** In hundredths up to a thousand, whole beyond; three digits of a small one. */
export function amount(money: number): string {
  if (money >= 1000 || money < 0.1) return number(money);
  return money.toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

export function money(value: number, currency: string): string {
  return `${amount(value)} ${currency}`;
}

/** Which costs less, and where costs change places: a sentence for each pair. */
export function describeBreakEvens({ curves, pairs }: CostFigures): string[] {
  const noBand = curves.filter(({ points }) => points.some(({ low }) => low === undefined)).map(({ name }) => name);
  return [
    ...pairs.map((pair) => `Cheaper of ${pair.a} and ${pair.b}: ${describePair(pair)}.`),
    ...(noBand.length === 0
      ? []
      : [`What ${noBand.join(' and ')} costs was measured on too few blocks to be compared: no difference is shown.`]),
  ];
}

function describePair({ a, b, stretches, breakEvens }: CostPair): string {
  const shown = stretches.filter(({ cheaper }) => cheaper !== undefined);
  const [first] = shown;
  const last = shown.at(-1);
  if (first === undefined || last === undefined) return 'no difference shown at any rate';
  const name = ({ cheaper }: Stretch): string => (cheaper === 'a' ? a : b);
  const range = { from: stretches[0]?.from, to: stretches.at(-1)?.to };
  const below = first.from === range.from ? [] : [`below ${perSecond(first.from)}`];
  const beyond = last.to === range.to ? [] : [`beyond ${perSecond(last.to)}`];
  if (breakEvens.length === 0) {
    const everywhere = below.length === 0 && beyond.length === 0;
    const where = everywhere ? 'at every rate shown' : `from ${perSecond(first.from)} to ${perSecond(last.to)}`;
    const gaps = shown.length === 1 ? '' : ', with stretches between that show no difference';
    return `${name(first)} ${where}${gaps}${noDifference([...below, ...beyond])}`;
  }
  const up = breakEvens[0]?.low ?? first.to;
  const down = breakEvens.at(-1)?.high ?? last.from;
  const open = (from: number, to: number, where: string): string[] =>
    stretches.some((each) => each.cheaper === undefined && each.from >= from && each.to <= to)
      ? [`in stretches ${where}`]
      : [];
  const many = breakEvens.length > 1;
  const between = many ? ', by turns between, replica by replica' : up < down ? ', no difference shown between' : '';
  const rest = noDifference([
    ...below,
    ...open(first.from, up, `up to ${perSecond(up)}`),
    ...(many ? open(up, down, `between ${perSecond(up)} and ${perSecond(down)}`) : []),
    ...open(down, last.to, `beyond ${perSecond(down)}`),
    ...beyond,
  ]);
  return `${name(first)} up to ${perSecond(up)}, ${name(last)} beyond ${perSecond(down)}${between}${rest}`;
}

function noDifference(where: readonly string[]): string {
  return where.length === 0 ? '' : `; no difference shown ${where.join(', and ')}`;
}

/** What the figures are reckoned with, a sentence each: without it they mean nothing. */
export function describeAssumptions({ prices, curves }: CostFigures): string[] {
  const { machine, functions, currency, assumptions } = prices;
  const kinds = new Set(curves.map(({ basis }) => basis.kind));
  return [
    `Machines: ${machine.vcpuHour} ${currency} for a vCPU-hour, ${machine.gibHour} for a GiB-hour (${machine.source}, as of ${machine.asOf}).`,
    ...(kinds.has('functions')
      ? [
          `Cloud functions: ${functions.gibSecond} ${currency} for a GiB-second, ${functions.millionRequests} for a million requests (${functions.source}, as of ${functions.asOf}).`,
        ]
      : []),
    `A month has ${number(assumptions.hoursPerMonth)} h; a replica is planned for ${number(assumptions.utilisation * 100)} % of what it was measured to answer; the peak is ${number(assumptions.peakOverMean)} times the mean rate.`,
    ...curves.flatMap((curve) => describeBasis(curve, assumptions.idleSeconds)),
  ];
}

function describeBasis({ name, basis }: CostCurve, idleSeconds: number): string[] {
  if (basis.kind === 'functions') {
    return [
      `${cloudFunctions}: ${number(basis.givenGib)} GiB for ${duration(basis.seconds * 1000)} a request, from ${basis.of}’s mean latency alone, memory and CPU; the same speed is taken for granted, and no cold start is billed.`,
    ];
  }
  const { replica, perSecond: rate, leastReplicas, followsLoad } = basis;
  const rest =
    leastReplicas === 0
      ? `goes to zero after ${duration(idleSeconds * 1000)} without a request, which must be configured`
      : `${number(leastReplicas)} at least`;
  const sizing = followsLoad ? 'as many as the load needs' : 'as many as the peak needs, always';
  return [
    `${name}: a replica of ${number(replica.cpus)} vCPU and ${number(replica.gib)} GiB answers ${perSecond(rate)}; ${rest}; ${sizing}.`,
  ];
}
