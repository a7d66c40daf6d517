import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Band, breakEvensOf, type Curve, logSpaced, type Stretch, stretchesOf } from './break-even.ts';

const rates = logSpaced(0.001, 1000, 121);

test('rates go from one end to the other, each in the same ratio to the one before', () => {
  expect(logSpaced(0.01, 100, 5)).toEqual([0.01, 0.1, 1, 10, 100].map((rate) => expect.closeTo(rate, 9)));
});

/** A cost that is known up to a share of it. */
const about = (monthly: Curve, share = 0): Band => ({
  monthly,
  low: (rate) => monthly(rate) * (1 - share),
  high: (rate) => monthly(rate) * (1 + share),
});

function compare(a: Band, b: Band): { stretches: Stretch[]; found: ReturnType<typeof breakEvensOf> } {
  const stretches = stretchesOf(a, b, rates);
  return { stretches, found: breakEvensOf(a, b, stretches) };
}

const near = (rate: number, cheaperBelow: 'a' | 'b') => {
  const close = expect.closeTo(rate, 6);
  return { rate: close, low: close, high: close, cheaperBelow };
};

test('a price for each request meets a fixed one where they are equal', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.002, max: 900, noNaN: true }), (meeting) => {
      const { found } = compare(
        about((rate) => rate * 3),
        about(() => meeting * 3),
      );
      expect(found).toEqual([near(meeting, 'a')]);
    }),
  );
});

test('around the rate where they are equal, no difference is shown as far as the bands overlap', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      fc.double({ min: 0.01, max: 0.3, noNaN: true }),
      (meeting, share) => {
        const { found } = compare(
          about((rate) => rate, share),
          about(() => meeting, share),
        );
        const width = (1 + share) / (1 - share);
        expect(found).toHaveLength(1);
        expect(found[0]?.rate).toBeCloseTo(meeting, 6);
        expect(found[0]?.low).toBeCloseTo(meeting / width, 6);
        expect(found[0]?.high).toBeCloseTo(meeting * width, 6);
      },
    ),
  );
});

test('a cost that goes up in a step changes places there', () => {
  const { found } = compare(
    about((rate) => (rate <= 5 ? 1 : 10)),
    about(() => 4),
  );
  expect(found).toEqual([near(5, 'a')]);
});

test('steps may change places more than once', () => {
  const { found } = compare(
    about((rate) => rate),
    about((rate) => Math.ceil(rate / 10) * 8),
  );
  expect(found.slice(0, 3)).toEqual([near(8, 'a'), near(10, 'b'), near(16, 'a')]);
});

test('stretches cover the rates without a gap, whatever the costs', () => {
  const cost = fc.record({
    fixed: fc.double({ min: 0, max: 9, noNaN: true }),
    share: fc.double({ min: 0, max: 0.9, noNaN: true }),
  });
  fc.assert(
    fc.property(cost, cost, (one, other) => {
      const [a, b] = [one, other].map(({ fixed, share }) =>
        about((rate) => fixed + Math.ceil(rate * (1 + fixed)), share),
      );
      const { stretches } = compare(a as Band, b as Band);
      expect(stretches[0]?.from).toBe(rates[0]);
      expect(stretches.at(-1)?.to).toBe(rates.at(-1));
      for (const [index, { from, cheaper }] of stretches.slice(1).entries()) {
        expect(from).toBe(stretches[index]?.to);
        expect(cheaper).not.toBe(stretches[index]?.cheaper);
      }
    }),
  );
});

test('what is always cheaper never changes places', () => {
  const { stretches, found } = compare(
    about(() => 1),
    about(() => 2),
  );
  expect(found).toEqual([]);
  expect(stretches).toEqual([{ from: rates[0], to: rates.at(-1), cheaper: 'a' }]);
});

test('of costs whose bands overlap everywhere, no difference is shown', () => {
  const { stretches, found } = compare(
    about((rate) => 10 + rate, 0.02),
    about((rate) => 10.1 + rate * 0.99, 0.02),
  );
  expect(found).toEqual([]);
  expect(stretches).toEqual([{ from: rates[0], to: rates.at(-1) }]);
});
