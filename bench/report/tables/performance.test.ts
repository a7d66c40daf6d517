import { expect, test } from 'vitest';
import { makeManifest, makeSample } from '../../../test/double/run.ts';
import type { Sample } from '../../load/index.ts';
import { summarise } from '../../summary/index.ts';
import { performanceTable } from './performance.ts';

function rows(samples: Sample[]): Map<string, string[]> {
  const manifest = makeManifest();
  const { rows } = performanceTable(summarise({ manifest, samples, events: [] }), manifest);
  return new Map(rows.map(([label = '', ...cells]) => [label, cells]));
}

const failed: Partial<Sample> = { status: 500 };

test('failures are counted over all requests of calm scenarios', () => {
  const samples = [makeSample(), makeSample(failed), makeSample({ target: 'serverless' })];
  expect(rows(samples).get('Requests failed')?.slice(0, 2)).toEqual(['1 of 2', '0 of 1']);
});

test('those of scenarios that overload a target have a row of their own', () => {
  const overloaded = [makeSample({ scenario: 'capacity', ...failed }), makeSample({ scenario: 'burst' })];
  const table = rows([makeSample(), ...overloaded]);
  expect(table.get('Requests failed')?.slice(0, 2)).toEqual(['0 of 1', '0 of 0']);
  expect(table.get('Requests failed while capacity and burst overload')?.slice(0, 2)).toEqual(['1 of 2', '0 of 0']);
});

test('without such scenarios there is no such row', () => {
  expect([...rows([makeSample()]).keys()].filter((label) => label.includes('overload'))).toEqual([]);
});
