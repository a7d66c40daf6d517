import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeManifest, makeSample } from '../../test/double/run.ts';
import { RunFolder } from '../record/index.ts';
import { writeReport } from './report.ts';

const seconds = 3600;

test('the report of 100,000 samples, an hour of load and 1,000 photos is smaller than a megabyte', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'faceoff-size-'));
  try {
    const photos = Array.from({ length: 1000 }, (_, index) => ({ name: `${index}.jpg`, bytes: 1, sha256: 'a' }));
    const run = await RunFolder.create(parent, makeManifest({ photos }));
    for (const target of ['server', 'serverless']) {
      for (const { name } of photos)
        run.event({ kind: 'answer', time: 1, target, photo: name, status: 200, label: 'a' });
      writeLatency(run, target);
      writeLoad(run, target);
      writeColdStarts(run, target);
    }
    await run.close();
    const { page, summary } = await writeReport(run.path);
    const samples = (await readFile(join(run.path, 'samples.jsonl'), 'utf8')).split('\n').length - 1;
    expect(samples).toBeGreaterThanOrEqual(100_000);
    expect(summary.targets[0]?.autoscaling?.replicas.length).toBeGreaterThan(10_000);
    expect((await stat(page)).size).toBeLessThan(1_000_000);
    // A comment on GitHub holds 65,536 characters.
    expect((await stat(join(run.path, 'report.md'))).size).toBeLessThan(65_536);
  } finally {
    await rm(parent, { recursive: true });
  }
});

function writeLatency(run: RunFolder, target: string): void {
  for (let index = 0; index < 10_000; index += 1) {
    const intended = 10 * index;
    const answered = intended + 5 + (index % 977) / 100;
    run.sample(makeSample({ target, block: index % 1000, intended, sent: intended, answered }));
  }
}

/** Ten requests a second, with one of a hundred refused, and replicas that go up and down all the time. */
function writeLoad(run: RunFolder, target: string): void {
  const scenario = 'autoscaling';
  const at = { scenario, target } as const;
  run.event({ kind: 'load', ...at, time: 0, edge: 'start' });
  for (let index = 0; index < 11 * seconds; index += 1) {
    const intended = (1000 / 11) * index;
    const status = index % 100 === 0 ? 503 : 200;
    run.sample(makeSample({ ...at, intended, sent: intended, answered: intended + 5, status }));
  }
  run.event({ kind: 'load', ...at, time: 1000 * seconds, edge: 'end' });
  for (let index = 0; index < 5 * seconds; index += 1) {
    run.event({ kind: 'replicas', ...at, time: 200 * index, ready: 1 + (index % 7), desired: 7 });
  }
}

function writeColdStarts(run: RunFolder, target: string): void {
  for (let block = 0; block < 500; block += 1) {
    const intended = 1e4 * block;
    const times = { intended, sent: intended, started: intended + 100, loading: intended + 200, ready: intended + 300 };
    run.sample(makeSample({ scenario: 'cold-start', target, block, ...times, answered: intended + 400 }));
  }
}
