import { z } from 'zod';
import { drawFrom, drawPoisson } from './draw.ts';
import { sharedCounts, type Traffic } from './traffic.ts';

const rate = z.number().nonnegative();
const positive = z.number().positive();
const hours = positive.max(24 * 400);

/** What a pattern's parameters may be, and what they are where they are left out. Rates are requests a second. */
const patterns = {
  constant: z.strictObject({ rate: positive, hours: hours.default(24) }),
  poisson: z.strictObject({ rate: positive, hours: hours.default(24) }),
  diurnal: z.strictObject({
    mean: positive,
    peakToMean: z.number().min(1).max(2).default(2),
    hours: hours.default(24),
  }),
  bursts: z.strictObject({
    rate: positive,
    between: rate.default(0),
    onSeconds: positive.default(60),
    offSeconds: positive.default(540),
    hours: hours.default(24),
  }),
  flash: z.strictObject({
    rate: positive,
    factor: z.number().min(1).default(20),
    atHours: z.number().nonnegative().default(12),
    minutes: positive.default(10),
    hours: hours.default(24),
  }),
} as const;

type Name = keyof typeof patterns;
type Parameters<N extends Name> = z.infer<(typeof patterns)[N]>;

/** The mean rate at a second from the start. */
const rates: { [N in Exclude<Name, 'constant'>]: (parameters: Parameters<N>, second: number) => number } = {
  poisson: ({ rate }) => rate,
  // Lowest at midnight, highest at noon.
  diurnal: ({ mean, peakToMean }, second) => mean * (1 - (peakToMean - 1) * Math.cos((2 * Math.PI * second) / 86_400)),
  bursts: ({ rate, between, onSeconds, offSeconds }, second) =>
    second % (onSeconds + offSeconds) < onSeconds ? rate : between,
  flash: ({ rate, factor, atHours, minutes }, second) =>
    second >= atHours * 3600 && second < atHours * 3600 + minutes * 60 ? rate * factor : rate,
};

/**
 * Reads a named pattern, such as `poisson:rate=20,hours=1`, and makes traffic of it.
 *
 * @throws Error that says which names and parameters there are.
 */
export function patternTraffic(text: string, seed: number): Traffic {
  const [name = '', rest = ''] = text.split(/:(.*)/s);
  if (!isName(name)) throw new Error(`"${name}" is no pattern: there are ${Object.keys(patterns).join(', ')}`);
  const given = patterns[name].safeParse(readParameters(rest));
  if (!given.success) {
    const faults = given.error.issues.map(({ path, message }) => `${path.join('.') || 'parameters'}: ${message}`);
    throw new Error(`pattern ${name}: ${faults.join('; ')} (it takes ${Object.keys(patterns[name].shape).join(', ')})`);
  }
  const source = `pattern ${text}`;
  if (name === 'constant') return constant(given.data as Parameters<'constant'>, source);
  const draw = drawFrom(seed);
  const at = rates[name] as (parameters: unknown, second: number) => number;
  const seconds = Math.max(1, Math.round(given.data.hours * 3600));
  const counts = sharedCounts(
    Array.from({ length: seconds }, (_, second) => drawPoisson(at(given.data, second), draw)),
  );
  return { source, slotSeconds: 1, counts, placing: 'random' };
}

function isName(name: string): name is Name {
  return Object.hasOwn(patterns, name);
}

function readParameters(text: string): Record<string, number> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [key = '', value = ''] = pair.split('=').map((part) => part.trim());
      return [key, value === '' ? Number.NaN : Number(value)];
    }),
  );
}

/** Slots in which a constant rate has a whole number of requests, if there are such: its distances are exact then. */
const evenSlots = [1, 10, 60, 600, 3600];

function constant({ rate, hours }: Parameters<'constant'>, source: string): Traffic {
  const whole = evenSlots.find((seconds) => Number.isInteger(rate * seconds));
  const slotSeconds = whole ?? 3600;
  const slots = Math.max(1, Math.round((hours * 3600) / slotSeconds));
  const until = (slot: number): number => Math.floor(slot * slotSeconds * rate + 1e-6);
  const counts = sharedCounts(Array.from({ length: slots }, (_, slot) => until(slot + 1) - until(slot)));
  return { source, slotSeconds, counts, placing: 'even' };
}
