import { expect, test } from 'vitest';
import { makeManifest, makeSample } from '../../../test/double/run.ts';
import { summarise } from '../../summary/index.ts';
import { coldStartsTable } from './cold-starts.ts';

const manifest = makeManifest({ scenarios: ['cold-start'] });
/** Of the function: the process starts after 100 ms, loads for 200 ms, and answers 50 ms later. */
const trial = (block: number, told: boolean) =>
  makeSample({
    ...{ scenario: 'cold-start', target: 'serverless', block, intended: 1000 * block, answered: 1000 * block + 350 },
    ...(told ? { loading: 1000 * block + 100, ready: 1000 * block + 300 } : {}),
  });
const table = (told: boolean[]) =>
  coldStartsTable(summarise({ manifest, events: [], samples: told.map((tells, index) => trial(index + 1, tells)) }));

test('a row for each part has its median and how many trials tell it', () => {
  const { rows = [], alike } = table([true, true, true, true, true, true]) ?? {};
  expect(rows.map(([part, , median, trials]) => [part, median, trials])).toEqual([
    ['serverless: runtime', '100 ms (100 to 100)', '6 of 6'],
    ['serverless: load', '200 ms (200 to 200)', '6 of 6'],
    ['serverless: first answer', '50 ms (50 to 50)', '6 of 6'],
  ]);
  expect(alike).toBe(true);
});

test('trials that tell no parts are counted as such', () => {
  expect(table([true, false, true])?.rows.map((row) => row.at(-1))).toEqual(Array(3).fill('2 of 3'));
});

test('there is no table where no platform tells parts', () => {
  expect(table([false, false])).toBeUndefined();
});
