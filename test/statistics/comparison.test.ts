import { expect, test } from 'vitest';
import { type Figure, figures, showsDifference } from './comparison.ts';

const cases: [Figure, 'a' | 'b', boolean][] = figures.flatMap((figure): [Figure, 'a' | 'b', boolean][] => [
  [figure, 'a', figure === 'throughput'],
  [figure, 'b', figure !== 'throughput'],
]);

test.each(cases)(
  'a second target that is slower is found by %s where %s has more of it: %s',
  (figure, higher, found) => {
    expect(showsDifference({ figure, difference: { higher } }, 'slower')).toBe(found);
  },
);

test.each(cases)('of targets that are alike, %s where %s has more of it shows a difference', (figure, higher) => {
  expect(showsDifference({ figure, difference: { higher } }, 'same')).toBe(true);
});

test.each(['same', 'slower'] as const)(
  'nothing is shown of a second target that is %s by an interval that holds zero',
  (second) => {
    expect(showsDifference({ figure: 'throughput', difference: { higher: 'none shown' } }, second)).toBe(false);
  },
);
