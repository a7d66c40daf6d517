import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../stats/index.ts';
import { type Conclusion, conclude, nextStep, type Outcome, type SearchSettings, type Tried } from './search.ts';

const settings: SearchSettings = { growth: 15, highest: 120, confirmations: 3, probes: 1000 };

/** Searches against something that answers each probe, to the end. */
function search(
  probe: (step: number, index: number) => Outcome,
  start = 20,
  changes: Partial<SearchSettings> = {},
): { tried: Tried[]; found: Conclusion } {
  const options = { ...settings, ...changes };
  const tried: Tried[] = [];
  for (let step = nextStep(tried, start, options); step !== undefined; step = nextStep(tried, start, options)) {
    tried.push({ step, outcome: probe(step, tried.length) });
  }
  return { tried, found: conclude(tried, options) };
}

const upTo =
  (capacity: number) =>
  (step: number): Outcome =>
    step <= capacity ? 'kept' : 'broken';
/** Answers by chance alone, from a seed. */
function byChance(seed: number): () => Outcome {
  const random = seeded(seed);
  return () => (['kept', 'broken', 'void'] as const)[random(0, 2)] ?? 'void';
}

test('a service with a capacity is found out to the step, wherever the search starts', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 119 }), fc.integer({ min: -10, max: 25 }), (above, start) => {
      const capacity = start - 2 * settings.growth + above;
      fc.pre(capacity < settings.highest);
      const { tried, found } = search(upTo(capacity), start);
      expect(found).toEqual({ state: 'found', kept: capacity, broken: capacity + 1, clientLimited: false });
      const outcomes = (step: number) => tried.filter((each) => each.step === step).map((each) => each.outcome);
      expect(outcomes(capacity)).toEqual(['kept', 'kept', 'kept']);
      expect(outcomes(capacity + 1)).toEqual(['broken', 'broken']);
    }),
  );
});

test('the number of probes grows with the logarithm of what lies between', () => {
  fc.assert(
    fc.property(fc.integer({ min: -10, max: 119 }), (capacity) => {
      // Growing to the top, halving a growth of 15 steps, and the confirmations.
      expect(search(upTo(capacity)).tried.length).toBeLessThanOrEqual(8 + 4 + 4);
    }),
  );
});

test('whatever probes answer, the search ends, and asks no step without end', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const { tried } = search(byChance(seed));
      expect(tried.length).toBeLessThan(settings.probes);
      for (const step of new Set(tried.map((each) => each.step))) {
        const often = tried.filter((each) => each.step === step).length;
        expect(often).toBeLessThanOrEqual(2 * settings.confirmations + 2);
      }
    }),
  );
});

test('noise at the edge leaves the found step within the noise', () => {
  const capacity = 60;
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = seeded(seed);
      const { found } = search((step) => {
        if (Math.abs(step - capacity) > 2) return upTo(capacity)(step);
        return random(0, 1) === 1 ? 'kept' : 'broken';
      });
      expect(found.kept).toBeGreaterThanOrEqual(capacity - 3);
      expect(found.kept).toBeLessThanOrEqual(capacity + 2);
    }),
  );
});

test('what was found was kept in every confirmation, and the next step broken twice', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const { tried, found } = search(byChance(seed));
      fc.pre(found.state === 'found');
      const at = (step: number) =>
        tried.filter((each) => each.step === step && each.outcome !== 'void').map((each) => each.outcome);
      expect(at(found.kept ?? Number.NaN).slice(-3)).toEqual(['kept', 'kept', 'kept']);
      expect(at((found.kept ?? Number.NaN) + 1).filter((each) => each === 'broken')).toHaveLength(2);
    }),
  );
});

test('one hiccup on the way up does not lower what is found', () => {
  let hiccups = 1;
  const { found } = search((step) => {
    if (step === 35 && hiccups-- > 0) return 'broken';
    return upTo(72)(step);
  });
  expect(found).toMatchObject({ state: 'found', kept: 72 });
});

describe('the search ends without a found step', () => {
  test('when nothing is kept', () => {
    const { found, tried } = search(() => 'broken');
    expect(found).toEqual({ state: 'none', broken: -10, clientLimited: false });
    expect(tried.map(({ step }) => step)).toEqual([20, 5, -10, -10]);
  });

  test('when the highest step is kept', () => {
    expect(search(() => 'kept').found).toEqual({ state: 'at least', kept: 120, clientLimited: false });
  });

  test('when the client cannot send faster', () => {
    const { found, tried } = search((step) => (step > 50 ? 'void' : 'kept'));
    expect(found).toEqual({ state: 'at least', kept: 50, clientLimited: true });
    expect(tried.filter(({ step }) => step === 51)).toHaveLength(2);
  });

  test('when the probes are used up', () => {
    expect(search(upTo(72), 20, { probes: 5 }).found).toMatchObject({ state: 'open', kept: 65, broken: 80 });
  });

  test('before anything was probed', () => {
    expect(conclude([], settings)).toEqual({ state: 'open', clientLimited: false });
  });
});

test('a single void probe is taken again and changes nothing', () => {
  let voids = 1;
  const { found } = search((step) => (step === 65 && voids-- > 0 ? 'void' : upTo(72)(step)));
  expect(found).toMatchObject({ state: 'found', kept: 72, clientLimited: false });
});
