import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

const known = ['server:replicas', 'server:maxReplicas', 'image:delivery'];

test('a slip of the hand is taken for what was meant', () => {
  expect(nearest('image:delivry', known)).toBe('image:delivery');
  expect(nearest('server:replcias', known)).toBe('server:replicas');
});

test('something else is not taken for anything', () => {
  expect(nearest('aws:region', known)).toBeUndefined();
});

test('a known word is nearest to itself', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), (words) => {
      for (const word of words) expect(nearest(word, words)).toBe(word);
    }),
  );
});
