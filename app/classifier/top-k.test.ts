import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { topK } from './top-k.ts';

const logits = fc
  .float32Array({ minLength: 1001, maxLength: 1001, noNaN: true, min: -50, max: 50 })
  .filter((numbers) => new Set(numbers.subarray(1)).size > 1);
const k = fc.integer({ min: 1, max: 1000 });

/** Logits that are 0 but for some. */
function logitsWith(special: Record<number, number>): Float32Array {
  return Object.assign(new Float32Array(1001), special);
}

describe('topK', () => {
  test('numbers classes from the one after background', () => {
    expect(topK(logitsWith({ 1: 9 }), 1)).toMatchObject([{ class: 0, label: 'tench' }]);
  });

  test('never names background', () => {
    expect(topK(logitsWith({ 0: 99, 286: 9 }), 1)).toMatchObject([{ class: 285, label: 'Egyptian cat' }]);
  });

  test('gives probabilities that sum to 1 over all classes', () => {
    fc.assert(
      fc.property(logits, (numbers) => {
        const sum = topK(numbers, 1000).reduce((total, { probability }) => total + probability, 0);
        expect(sum).toBeCloseTo(1, 9);
      }),
    );
  });

  test('gives k different classes, the likeliest first', () => {
    fc.assert(
      fc.property(logits, k, (numbers, wanted) => {
        const top = topK(numbers, wanted);
        expect(new Set(top.map((prediction) => prediction.class)).size).toBe(wanted);
        expect(top.map(({ probability }) => probability)).toEqual(
          top.map(({ probability }) => probability).toSorted((a, b) => b - a),
        );
      }),
    );
  });

  test('leaves out no class that is likelier than one it names', () => {
    fc.assert(
      fc.property(logits, k, (numbers, wanted) => {
        const top = topK(numbers, wanted);
        const named = new Set(top.map((prediction) => prediction.class));
        const least = Math.min(...[...named].map((index) => numbers[index + 1] ?? Number.NaN));
        const others = [...numbers.subarray(1)].filter((_, index) => !named.has(index));
        expect(Math.max(...others)).toBeLessThanOrEqual(named.size === 1000 ? Number.NEGATIVE_INFINITY : least);
      }),
    );
  });

  test('stays finite for huge logits', () => {
    expect(topK(logitsWith({ 5: 3e38 }), 2)).toMatchObject([{ class: 4, probability: 1 }, { probability: 0 }]);
  });
});
