import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sampleSchema } from '../bench/load/index.ts';
import { seeded } from '../bench/stats/index.ts';
import { type Endpoint, startEndpoint } from './double/endpoint.ts';
import { interrupt, processesWith, startFaceoff } from './process.ts';

const random = seeded(20_261_125);
const moments = (count: number, withinMs: number): number[] =>
  Array.from({ length: count }, () => random(0, withinMs)).sort((a, b) => a - b);

/** All scenarios, each so short that a moment may fall into any of them or between two. */
const scenarios = {
  latency: { requests: 30, blocks: 3, warmup: 1 },
  throughput: { connections: 2, seconds: 1, blocks: 2, warmupSeconds: 0 },
  capacity: { requests: 20, longest: 0.3, probes: 4, confirmations: 1, warmup: 2, maxRate: 50 },
  'cold-start': { trials: 2 },
  autoscaling: { rate: 20, seconds: 1, quietSeconds: 0.2 },
  burst: { rate: 10, factor: 2, seconds: 1, idleSeconds: 0.1, windowSeconds: 0.5, trials: 1 },
};

let results: string;
let endpoint: Endpoint;
beforeEach(async () => {
  results = await mkdtemp(join(tmpdir(), 'faceoff-interrupt-'));
  // As slow as a classifier, so that few answers come in the moment between a block's end and its client's.
  endpoint = await startEndpoint((_, response) => setTimeout(() => response.end('{"top":[]}'), 10));
});
afterEach(async () => {
  await endpoint.close();
  await rm(results, { recursive: true });
});

/** A run of all scenarios; its processes are known by a variable of their environment. */
async function startShortRun(targets: object): Promise<ReturnType<typeof startFaceoff>> {
  const file = join(results, 'short.yaml');
  await writeFile(file, JSON.stringify({ idle: { seconds: 0.2 }, scenarios, ...targets }));
  const env = { FACEOFF_TEST: results, OFFLINE: '1' };
  return startFaceoff(['run', '--file', file, '--results', join(results, 'runs')], env);
}

const inLatest = (name = ''): string => join(results, 'runs', 'latest', name);
const processesLeft = (): Promise<string[]> => processesWith(`FACEOFF_TEST=${results}`);

/** Interrupts a run so many milliseconds after its start, and looks at what it leaves. */
async function interruptAfter(ms: number, targets: object): Promise<void> {
  const { child, finished } = await startShortRun(targets);
  await sleep(ms);
  interrupt(child);
  const { code, stdout, stderr } = await finished;
  // Replicas that were starting end when they see that their gateway is gone.
  await expect.poll(processesLeft, { timeout: 10_000 }).toEqual([]);
  const left = await readdir(inLatest()).catch(() => undefined);
  if (left === undefined) {
    // Nothing was begun: the signal came before there was a run, or even before anybody listened for it.
    expect([130, null]).toContain(code);
    return;
  }
  const { status } = JSON.parse(await readFile(inLatest('run.json'), 'utf8'));
  expect([status, code], stderr).toEqual(status === 'complete' ? ['complete', expect.any(Number)] : ['stopped', 130]);
  const lines = (await readFile(inLatest('samples.jsonl'), 'utf8')).split('\n');
  expect(lines.pop()).toBe('');
  // Warm-ups, counted here and not timed, and what was under way at the end of a block are no samples.
  expect(endpoint.received.length - lines.length).toBeLessThan(60);
  for (const line of lines) sampleSchema.parse(JSON.parse(line));
  expect(left).toEqual(expect.arrayContaining(['events.jsonl', 'report.html', 'report.md', 'summary.json']));
  expect(left.filter((name) => name.endsWith('.new'))).toEqual([]);
  expect(stdout).toContain('Report: ');
}

describe('Ctrl-C at any moment keeps what was measured, reports it, and leaves no process', () => {
  test.each(moments(8, 9000))('after %i ms, measuring an endpoint', { timeout: 60_000 }, (ms) =>
    interruptAfter(ms, { targets: { mine: endpoint.url } }),
  );

  test.each(moments(4, 25_000))('after %i ms, serving both ways', { timeout: 120_000 }, (ms) => interruptAfter(ms, {}));
});

describe('another end', () => {
  const status = async (): Promise<unknown> =>
    JSON.parse(await readFile(inLatest('run.json'), 'utf8').catch(() => '{}')).status;
  const samples = (): Promise<string> => readFile(inLatest('samples.jsonl'), 'utf8').catch(() => '');

  test('SIGTERM ends a run as Ctrl-C does, with the code of its own', { timeout: 60_000 }, async () => {
    const { child, finished } = await startShortRun({ targets: { mine: endpoint.url } });
    await expect.poll(samples, { timeout: 30_000 }).not.toBe('');
    child.kill('SIGTERM');
    const { code, stdout } = await finished;
    expect([code, await status()]).toEqual([143, 'stopped']);
    expect(stdout).toContain('Report: ');
  });

  test('Ctrl-C while the report is written leaves it whole', { timeout: 60_000 }, async () => {
    const { child, finished } = await startShortRun({ targets: { mine: endpoint.url } });
    await expect.poll(status, { timeout: 40_000, interval: 1 }).toBe('complete');
    interrupt(child);
    await finished;
    expect(await readFile(inLatest('report.html'), 'utf8')).toContain('</html>');
    expect((await readdir(inLatest())).filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  test('a second Ctrl-C leaves at once, and no process stays', { timeout: 60_000 }, async () => {
    const { child, finished } = await startShortRun({});
    await expect.poll(samples, { timeout: 30_000 }).not.toBe('');
    interrupt(child);
    interrupt(child);
    expect((await finished).code).toBe(130);
    await expect.poll(processesLeft, { timeout: 20_000 }).toEqual([]);
    // What was written until then is there.
    for (const line of (await samples()).split('\n').slice(0, -1)) sampleSchema.parse(JSON.parse(line));
  });
});
