import { expect, test } from 'vitest';
import { typeset } from './typeset.ts';

test.each([
  ['14 ms or 7 %, at most', '14\u00a0ms or 7\u00a0%, at most'],
  ['(-1 ms, -4 to 2)', '(\u22121\u00a0ms, \u22124 to 2)'],
  ['2 servers of v20-1, 3 h', '2 servers of v20-1, 3\u00a0h'],
])('%s is set as %s', (text, set) => {
  expect(typeset(text)).toBe(set);
});
