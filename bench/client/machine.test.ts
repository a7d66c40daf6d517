import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readMachineTime } from './machine.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faceoff-machine-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('busy time is neither idle nor waiting nor stolen', async () => {
  const path = join(folder, 'stat');
  // user nice system idle iowait irq softirq steal guest guest_nice
  await writeFile(path, 'cpu  100 10 50 800 20 1 4 15 60 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n');
  expect(readMachineTime(path)).toEqual({ total: 1000, busy: 165, stolen: 15 });
});

test('a system without /proc tells nothing', () => {
  expect(readMachineTime(join(folder, 'none'))).toBeUndefined();
});

test.runIf(process.platform === 'linux')('the machine of this test has been busy', () => {
  const time = readMachineTime();
  expect(time?.busy).toBeGreaterThan(0);
  expect(time?.total).toBeGreaterThan(time?.busy ?? 0);
});
