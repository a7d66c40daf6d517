// A/A for real: one local server as two targets, so many runs of the quick profile's latency scenario, and in how many of
// them a difference is shown; then the same with the second target 5 % slower. Optional arguments: runs, requests, blocks.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { profiles, readPhotos, scenarios, startRun, type Target, writeReport } from '../../../bench/index.ts';
import { startLocal } from '../../../infra/local/index.ts';
import { showsDifference } from '../comparison.ts';
import { startProxy } from './proxy.ts';

const [runs = 20, requests = profiles.quick.latency.requests, blocks = profiles.quick.latency.blocks] = process.argv
  .slice(2)
  .map(Number);
const slower = 0.05;

const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('stopped')));
const results = await mkdtemp(join(tmpdir(), 'faceoff-aa-'));
const platform = await startLocal({ architectures: ['server'], signal: stop.signal });
const proxy = await startProxy(platform.targets[0]?.url ?? '', slower);
try {
  const photos = await readPhotos(fileURLToPath(new URL('../../../bench/photos', import.meta.url)));
  const target = (name: string, way: 'same' | 'slower'): Target => ({
    ...{ name, architecture: 'unknown', platform: 'external' },
    url: proxy.url(way),
  });
  /** Whether one run shows a difference; of a slower one, that it is slower. */
  const measure = async (second: 'same' | 'slower', seed: number): Promise<boolean> => {
    const run = await startRun({
      ...{ name: 'aa', results, profile: 'aa', seed, photos, signal: stop.signal },
      settings: { ...profiles.quick, latency: { ...profiles.quick.latency, requests, blocks } },
      targets: [target('a', 'same'), target('b', second)],
      scenarios: scenarios.filter(({ name }) => name === 'latency'),
    });
    try {
      for (const step of run.steps) await step.run(() => undefined);
    } finally {
      await run.end();
    }
    stop.signal.throwIfAborted();
    const { comparisons } = (await writeReport(run.folder)).summary;
    for (const { figure, difference } of comparisons) {
      const { value = Number.NaN, low = Number.NaN, high = Number.NaN } = difference.percent ?? {};
      const percent = [value, low, high].map((each) => each.toFixed(1));
      console.log(`  ${figure}: ${percent[0]} % (${percent[1]} to ${percent[2]}), higher: ${difference.higher}`);
    }
    return comparisons.some((each) => showsDifference(each, second));
  };
  for (const second of ['same', 'slower'] as const) {
    let shown = 0;
    for (let run = 1; run <= runs; run += 1) {
      if (await measure(second, run)) shown += 1;
      console.log(`${second}: a difference in ${shown} of ${run} runs`);
    }
  }
} finally {
  await proxy.close();
  await platform.stop();
  await rm(results, { recursive: true });
}
