import { expect, it } from 'vitest';
import { selects } from './selector.ts';

const labels = { app: 'web', tier: 'front' };

it('takes everything without a term', () => {
  expect(selects({}, {})).toBe(true);
});

it('wants every label to match', () => {
  expect(selects({ matchLabels: { app: 'web', tier: 'front' } }, labels)).toBe(true);
  expect(selects({ matchLabels: { app: 'web', tier: 'back' } }, labels)).toBe(false);
});

it.each([
  ['In', ['web', 'x'], true],
  ['In', ['x'], false],
  ['NotIn', ['x'], true],
  ['NotIn', ['web'], false],
  ['Exists', undefined, true],
  ['DoesNotExist', undefined, false],
  ['Unheard', undefined, false],
])('reads the expression app %s %j as %s', (operator, values, expected) => {
  const expression = { key: 'app', operator, ...(values && { values }) };
  expect(selects({ matchExpressions: [expression] }, labels)).toBe(expected);
});

it.each([
  ['In', false],
  ['NotIn', true],
  ['Exists', false],
  ['DoesNotExist', true],
])('reads %s of a label that is not there as %s', (operator, expected) => {
  expect(selects({ matchExpressions: [{ key: 'none', operator, values: ['x'] }] }, labels)).toBe(expected);
});
