/** Suffixes of Kubernetes's quantities and what they multiply by. */
const suffixes: Readonly<Record<string, number>> = {
  ...{ n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};

/** The number that a quantity stands for, as the API server writes it: `500m` is 0.5, `1Ki` is 1024; NaN for no quantity. */
export function parseQuantity(text: string): number {
  const [, digits, suffix = ''] = /^([+-]?[\d.]+(?:e[+-]?\d+)?)([A-Za-z]*)$/.exec(text) ?? [];
  return Number(digits ?? Number.NaN) * (suffixes[suffix] ?? Number.NaN);
}
