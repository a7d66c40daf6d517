import { appendFile, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeManifest, makeSample } from '../../test/double/run.ts';
import { RunFolder, readRun } from './folder.ts';

let parent: string;
beforeEach(async () => {
  parent = await realpath(await mkdtemp(join(tmpdir(), 'faceoff-run-')));
});
afterEach(() => rm(parent, { recursive: true }));

test('what is written is read back', async () => {
  const folder = await RunFolder.create(parent, makeManifest());
  folder.sample(makeSample({ block: 3 }));
  folder.event({ kind: 'note', time: 1, scenario: 'run', target: 'server', text: 'said' });
  await folder.close();
  const run = await readRun(folder.path);
  expect(run.manifest).toEqual(makeManifest());
  expect(run.samples).toEqual([makeSample({ block: 3 })]);
  expect(run.events).toHaveLength(1);
});

test('latest points to the newest run', async () => {
  await (await RunFolder.create(parent, makeManifest({ name: 'one' }))).close();
  const second = await RunFolder.create(parent, makeManifest({ name: 'two' }));
  await second.close();
  expect(await realpath(join(parent, 'latest'))).toBe(second.path);
});

test('two runs of the same second and name get a folder each', async () => {
  const [one, two] = [await RunFolder.create(parent, makeManifest()), await RunFolder.create(parent, makeManifest())];
  await Promise.all([one.close(), two.close()]);
  expect(one.path).not.toBe(two.path);
});

test('samples are in the file while the run goes on', async () => {
  const folder = await RunFolder.create(parent, makeManifest());
  folder.sample(makeSample());
  await expect.poll(() => readFile(join(folder.path, 'samples.jsonl'), 'utf8')).toContain('"scenario":"latency"');
  await folder.close();
});

test('a run cut anywhere in its last line keeps the lines before it', async () => {
  const folder = await RunFolder.create(parent, makeManifest());
  folder.sample(makeSample());
  await folder.close();
  const whole = await readFile(join(folder.path, 'samples.jsonl'), 'utf8');
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 2 }), async (length) => {
      await writeFile(join(folder.path, 'samples.jsonl'), whole + whole.slice(0, length));
      expect((await readRun(folder.path)).samples).toHaveLength(1);
    }),
    { numRuns: 30 },
  );
});

test('a damaged line in the middle is refused with its number', async () => {
  const folder = await RunFolder.create(parent, makeManifest());
  await folder.close();
  await appendFile(join(folder.path, 'samples.jsonl'), `${JSON.stringify(makeSample())}\n{"scenario":1}\n`);
  await expect(readRun(folder.path)).rejects.toThrow('samples.jsonl, line 2: scenario');
});

test('a folder that is no run is refused by name', async () => {
  await expect(readRun(parent)).rejects.toThrow(`${parent} is not a run folder: it has no run.json`);
});

test('a run.json of another form is refused with the key', async () => {
  await writeFile(join(parent, 'run.json'), '{"format":1}');
  await expect(readRun(parent)).rejects.toThrow('run.json: name');
});
