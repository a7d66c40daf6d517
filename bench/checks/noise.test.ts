import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeFullRun, type Size } from '../../test/double/full-run.ts';
import { type ComparedRun, compareRuns } from '../compare/index.ts';
import { kindOf, metrics } from '../metric/index.ts';
import type { RunRecord } from '../record/index.ts';
import { summarise } from '../summary/index.ts';
import { parseCheck } from './check.ts';
import { judgeRun } from './judge.ts';

const names = metrics.map(({ name }) => name);

/** The metrics that a run has measured, and whether a check on them has an interval to go by. */
function checked(record: RunRecord): Map<string, boolean> {
  const checks = metrics.map(({ name, quantity }) =>
    parseCheck(`${name} > 1e9${Object.keys(kindOf(quantity).units)[0]} beyond noise`),
  );
  const measured = judgeRun(checks, summarise(record)).map(({ outcome, message }, index) => {
    const known = outcome !== 'error';
    return message.includes('was not measured') ? [] : [[names[index] ?? '', known] as const];
  });
  return new Map(measured.flat());
}

function compared(label: string, record: RunRecord): ComparedRun {
  return { label, folder: label, record, summary: summarise(record), doubts: [], cautions: [] };
}

test('the run that is judged here has every metric', () => {
  expect([...checked(makeFullRun({ blocks: 6, requests: 30 })).keys()]).toEqual(names);
});

/** One block, of many requests and of a single one. */
const edges: [Size, Size][] = [30, 1].map((requests) => [
  { blocks: 1, requests },
  { blocks: 1, requests },
]);

test('a figure is compared with noise just if checks of both runs have an interval for it', () => {
  const size: fc.Arbitrary<Size> = fc.record({
    blocks: fc.integer({ min: 1, max: 8 }),
    requests: fc.integer({ min: 1, max: 30 }),
  });
  fc.assert(
    fc.property(size, size, (first, other) => {
      const runs = [makeFullRun(first), makeFullRun(other)] as const;
      const [a, b] = [checked(runs[0]), checked(runs[1])];
      const { targets } = compareRuns([compared('first', runs[0]), compared('other', runs[1])]);
      const withNoise = targets.flatMap(({ figures }) =>
        figures.flatMap(({ metric: { name }, changes: [, change] }) =>
          change === undefined ? [] : [[name, change.effect !== 'noise unknown'] as const],
        ),
      );
      const expected = names
        .filter((name) => a.has(name) && b.has(name))
        .map((name) => [name, a.get(name) && b.get(name)]);
      expect(withNoise).toEqual(expected);
    }),
    { seed: 1, numRuns: 60, examples: edges },
  );
});
