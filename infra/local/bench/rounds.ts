/** Of fewer values a median has no interval: see `medianInterval`. */
export const leastRounds = 6;

/**
 * How many rounds a benchmark makes, as its command line says. Anything but a whole number from 6 on is told, and ends the
 * process with exit code 2: the interval of the median, which comes last, would have too few values.
 *
 * @param option what it is called there.
 */
export function readRounds(option: string, text: string): number {
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds >= leastRounds) return rounds;
  console.error(`${option} ${text}: it must be a whole number, at least ${leastRounds}`);
  return process.exit(2);
}
