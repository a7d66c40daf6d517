/**
 * The rates that a search may try, in requests a second: each exceeds the one before by the resolution, counted from
 * one a second. All targets are tried at the same ones, so that their curves can be laid on each other.
 */
export function rateOf(step: number, resolution: number): number {
  return (1 + resolution) ** step;
}

/** The step whose rate is nearest, in ratio. */
export function stepOf(rate: number, resolution: number): number {
  return Math.round(Math.log(rate) / Math.log1p(resolution));
}
