import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rateOf, stepOf } from './rates.ts';

test('the step of a rate is that of which it is the rate', () => {
  fc.assert(
    fc.property(fc.integer({ min: -50, max: 150 }), fc.constantFrom(0.02, 0.05, 0.1, 0.5), (step, resolution) => {
      expect(stepOf(rateOf(step, resolution), resolution)).toBe(step);
    }),
  );
});

test('neighbours differ by the resolution', () => {
  expect(rateOf(31, 0.05) / rateOf(30, 0.05)).toBeCloseTo(1.05, 12);
});
