/** A quantity that is told, in the way that it is wanted: Kubernetes writes the same one in another way, 1000m as 1. */
export function asWanted(wanted: string, told: string): string {
  return amount(told) === amount(wanted) ? wanted : told;
}

const units: Record<string, number> = {
  ...{ '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50 },
};

/** NaN, which equals nothing, for what is no quantity. */
function amount(quantity: string): number {
  const [, number, unit = ''] = /^([\d.]+)(\w*)$/.exec(quantity) ?? [];
  // A division, since 18 * 0.001 is not 0.018.
  return unit === 'm' ? Number(number) / 1000 : Number(number) * (units[unit] ?? Number.NaN);
}
