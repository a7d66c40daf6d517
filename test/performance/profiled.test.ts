import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { profiledOptions } from './profiled.ts';

const makeFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'faceoff-profiled-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
};

test('what is profiled leaves nothing in the working folder, of its threads neither', async () => {
  const [folder, working] = [await makeFolder(), await makeFolder()];
  const program = 'const { Worker } = require("worker_threads"); new Worker("0", { eval: true })';
  const child = spawn(process.execPath, [...profiledOptions(folder), '-e', program], { cwd: working });
  onTestFinished(() => rm(`/tmp/perf-${child.pid}.map`, { force: true }));
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(await readdir(working)).toEqual([]);
  expect(await readdir(folder)).not.toEqual([]);
});
