import { expect, test } from 'vitest';
import { makeManifest, makeSample } from '../../../test/double/run.ts';
import { summarise } from '../../summary/index.ts';
import { comparisonsTable } from './comparisons.ts';

/** Targets that answer in 10 ms, 20 ms, …, in ten blocks. */
function table(names: readonly string[]) {
  const targets = names.map((name) => ({ ...makeManifest().targets[0], name })) as never;
  const samples = names.flatMap((target, place) =>
    Array.from({ length: 10 }, (_, block) =>
      makeSample({ target, block, intended: 1000 * block, answered: 1000 * block + 10 * (place + 1) }),
    ),
  );
  return comparisonsTable(summarise({ manifest: makeManifest({ targets }), samples, events: [] }));
}

test('of three targets every two have a row for each figure', () => {
  const { rows = [] } = table(['a', 'b', 'c']) ?? {};
  expect(rows.map(([targets, figure]) => `${targets}: ${figure}`)).toEqual(
    ['median latency', 'p95 latency'].flatMap((figure) => [
      `a and b: ${figure}`,
      `a and c: ${figure}`,
      `b and c: ${figure}`,
    ]),
  );
  expect(rows[1]?.slice(2)).toEqual(['-20 ms (-20 to -20)', '-66.7 % (-66.7 to -66.7)', 'c is higher', '10']);
});

test('there is no table of two targets: the verdict has all of it', () => {
  expect(table(['a', 'b'])).toBeUndefined();
});
