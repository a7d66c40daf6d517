import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readThrottledSeconds } from './throttling.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faceoff-throttling-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A control group's files, as a kernel shows them. */
async function group(membership: string, path: string, stat: string): Promise<() => number | undefined> {
  await writeFile(join(folder, 'cgroup'), membership);
  await mkdir(join(folder, path), { recursive: true });
  await writeFile(join(folder, path, 'cpu.stat'), stat);
  return () => readThrottledSeconds(join(folder, 'cgroup'), folder);
}

test('version 2 tells microseconds', async () => {
  const read = await group('0::/pods/a\n', 'pods/a', 'usage_usec 9\nnr_throttled 3\nthrottled_usec 2500000\n');
  expect(read()).toBe(2.5);
});

test('version 1 tells nanoseconds', async () => {
  const read = await group('3:cpu,cpuacct:/a\n0::/\n', 'cpu,cpuacct/a', 'nr_throttled 3\nthrottled_time 2500000000\n');
  expect(read()).toBe(2.5);
});

test("a container's own root stands in for a path that it cannot see", async () => {
  const read = await group('0::/kubepods/outside\n', '.', 'throttled_usec 1000000\n');
  expect(read()).toBe(1);
});

test('no control group tells nothing', () => {
  expect(readThrottledSeconds(join(folder, 'none'), folder)).toBeUndefined();
});
