import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPrices, writePrices } from './prices.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faceoff-prices-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(text: string): Promise<string> {
  const path = join(folder, 'prices.yaml');
  await writeFile(path, text);
  return path;
}

test('the prices that come with the project say where and when they are from', () => {
  const { machine, functions } = readPrices();
  for (const { source, asOf } of [machine, functions]) {
    expect(source).not.toBe('');
    expect(asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
  }
});

test('what is written is read as the same', async () => {
  expect(readPrices(await file(writePrices(readPrices())))).toEqual(readPrices());
});

describe('a file is refused, and the message says why, when', () => {
  test.each([
    ['a price is missing', (text: string) => text.replace(/^ +vcpuHour.*$/m, ''), /prices\.yaml: machine\.vcpuHour/],
    ['a price is below zero', (text: string) => text.replace('vcpuHour: ', 'vcpuHour: -'), /machine\.vcpuHour/],
    ['a key is not known', (text: string) => `${text}\ndiscount: 0.1\n`, /discount/],
    [
      'more than all of a replica is planned for',
      (text: string) => text.replace(/utilisation: .*/, 'utilisation: 70'),
      /utilisation/,
    ],
    ['it is not YAML', () => '{', /cannot be read/],
    ['it is empty', () => '', /the file: /],
  ])('%s', async (_, change, message) => {
    const path = await file(change(writePrices(readPrices())));
    expect(() => readPrices(path)).toThrow(message);
  });

  test('there is none', () => {
    expect(() => readPrices(join(folder, 'none.yaml'))).toThrow(/none\.yaml cannot be read/);
  });
});
