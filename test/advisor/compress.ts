import { parseArgs } from 'node:util';
import { ArrivalStream, patternTraffic, secondsOf, sharedCounts } from '../../advise/traffic/index.ts';

/**
 * Prints a shorter stretch of a pattern's traffic, as CSV of when each request comes: of every so many seconds the first,
 * as it is. Rates stay what they are, so that what is measured is loaded as much; how long anything lasts is what shrinks.
 * `npm run --silent compress:advisor -- PATTERN FACTOR`.
 */
const { positionals } = parseArgs({ allowPositionals: true });
const [pattern, factorText] = positionals;
const factor = Number(factorText);
if (pattern === undefined || !(Number.isInteger(factor) && factor > 0))
  throw new Error('give a pattern and a whole number, as "diurnal:mean=10" 600');

const whole = patternTraffic(pattern, 1);
if (whole.slotSeconds !== 1)
  throw new Error(`${pattern} is not known by the second: take poisson in place of constant`);
const seconds = Math.floor(secondsOf(whole) / factor);
const counts = sharedCounts(Array.from({ length: seconds }, (_, second) => whole.counts[second * factor] ?? 0));
const stream = new ArrivalStream({ ...whole, counts }, 1);
const chunk = new Float64Array(1024);
console.log('time');
for (let count = stream.next(chunk); count > 0; count = stream.next(chunk))
  console.log(Array.from(chunk.subarray(0, count), (time) => time.toFixed(4)).join('\n'));
