import { type BreakEven, type CostCurve, type CostFigures, cloudFunctions } from '../cost/index.ts';
import { duration, number, perSecond } from './format.ts';

/** In hundredths up to a thousand, whole beyond; three digits of a small one. */
export function amount(money: number): string {
  if (money >= 1000 || money < 0.1) return number(money);
  return money.toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

export function money(value: number, currency: string): string {
  return `${amount(value)} ${currency}`;
}

/** Where costs change places, a sentence for each pair. */
export function describeBreakEvens({ curves, breakEvens }: CostFigures): string[] {
  return curves.flatMap((a, index) =>
    curves.slice(index + 1).map((b) => {
      const found = breakEvens.filter((each) => each.a === a.name && each.b === b.name);
      return describePair(a, b, found);
    }),
  );
}

function describePair(a: CostCurve, b: CostCurve, found: readonly BreakEven[]): string {
  const of = `Cheaper of ${a.name} and ${b.name}:`;
  const [first] = found;
  const last = found.at(-1);
  if (first === undefined || last === undefined) return `${of} ${cheaperThroughout(a, b)} at every rate shown.`;
  const below = first.cheaperBelow === 'a' ? a.name : b.name;
  const above = last.cheaperBelow === 'a' ? b.name : a.name;
  const turns = found.length === 1 ? '' : ', by turns between, replica by replica';
  return `${of} ${below} up to ${perSecond(first.rate)}, ${above} beyond ${perSecond(last.rate)}${turns}.`;
}

function cheaperThroughout(a: CostCurve, b: CostCurve): string {
  const sum = ({ points }: CostCurve): number => points.reduce((total, { monthly }) => total + monthly, 0);
  if (sum(a) === sum(b)) return 'neither';
  return sum(a) < sum(b) ? a.name : b.name;
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
