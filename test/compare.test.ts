import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from './double/endpoint.ts';
import { startFaceoff } from './process.ts';

let results: string;
let before: string;
let after: string;
const endpoints: Endpoint[] = [];

/** One real run of a server that takes so long at least; the folder of the run. */
async function run(
  name: string,
  ms: number,
  ...args: string[]
): Promise<{ folder: string; stderr: string; code: number | null }> {
  const endpoint = await startEndpoint((_, response) => {
    setTimeout(() => response.end('{"top":[{"label":"cat","probability":1}]}'), ms);
  });
  endpoints.push(endpoint);
  const target = ['--target', `mine=${endpoint.url}`, '--scenario', 'latency'];
  const { code, stderr } = await startFaceoff(['run', '--results', results, '--name', name, ...target, ...args])
    .finished;
  const folder = (await readdir(results)).find((each) => each.endsWith(`Z-${name}`)) ?? '';
  return { folder: join(results, folder), stderr, code };
}

const faceoff = (...args: string[]) => startFaceoff(args).finished;
const read = (name: string): Promise<string> => readFile(join(results, name), 'utf8');

beforeAll(async () => {
  results = await mkdtemp(join(tmpdir(), 'faceoff-compare-'));
  before = (await run('before', 1)).folder;
  after = (await run('after', 150)).folder;
});
afterAll(async () => {
  await Promise.all(endpoints.map((endpoint) => endpoint.close()));
  await rm(results, { recursive: true });
});

describe('faceoff compare', () => {
  test('shows what changed between two real runs', async () => {
    const { code, stdout } = await faceoff('compare', before, after);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^after against before: \d+ of \d+ figures changed beyond noise/);
    expect(stdout).toMatch(/latency\.median .* worse$/m);
    expect(stdout).toContain('The runs did not take turns');
  });

  test('prints Markdown or JSON and nothing else, and writes the page', async () => {
    const md = await faceoff(
      'compare',
      before,
      after,
      '--format',
      'md',
      '--out',
      join(results, 'page', 'compare.html'),
    );
    expect(md.stdout).toMatch(/^# Faceoff: before and after compared\n/);
    expect(md.stdout).toMatch(/^\| Latency, median \| latency\.median \|.*\| worse \|$/m);
    expect(await read('page/compare.html')).toContain('<svg');
    const { stdout } = await faceoff('compare', before, after, '--format', 'json');
    const figures = JSON.parse(stdout).targets[0].figures as { figure: string; changes: { effect: string }[] }[];
    expect(figures.find(({ figure }) => figure === 'latency.median')?.changes[0]?.effect).toBe('worse');
  });

  test('fails by a check that fails, says so, and writes JUnit XML of all', async () => {
    const checks = ['--fail-if', 'median worsens > 5%', '--fail-if', 'errors > 1%', '--fail-if', 'rate falls > 1%'];
    const { code, stdout, stderr } = await faceoff(
      'compare',
      before,
      after,
      ...checks,
      '--junit',
      join(results, 'j.xml'),
    );
    expect(code).toBe(1);
    expect(stdout).toContain('Target mine');
    expect(stderr).toContain('check failed: fails if latency.median worsens > 5 %; after, mine: +');
    expect(stderr).toContain('check passed: fails if errors > 1 %');
    expect(stderr).toContain(
      'check cannot be told: fails if throughput.rate falls > 1 %; after, mine: throughput.rate was not measured',
    );
    expect(await read('j.xml')).toContain('<testsuites name="faceoff" tests="3" failures="1" errors="1" time="0">');
  });

  test('passes by checks that pass', async () => {
    const { code } = await faceoff('compare', after, before, '--fail-if', 'median worsens > 5%');
    expect(code).toBe(0);
  });

  test.each([
    [['--fail-if', 'p96 > 1ms'], 'there is no figure p96'],
    [['--fail-if', 'p95 > 1MB'], 'latency.p95 takes ms, s'],
    [['--junit', 'x.xml'], '--junit needs a --fail-if'],
    [['--format', 'pdf'], 'Allowed choices are text, md, json'],
  ])('%j is refused as wrong usage', async (args, message) => {
    const { code, stderr } = await faceoff('compare', before, after, ...args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  test('refuses a folder that is no run', async () => {
    const { code, stderr } = await faceoff('compare', before, results);
    expect(stderr).toContain('is not a run folder');
    expect(code).toBe(1);
  });
});

describe('a single run', () => {
  test('fails by a check that fails, and is reported all the same', async () => {
    const junit = ['--junit', join(results, 'run.xml')];
    const { folder, code, stderr } = await run('gated', 30, '--fail-if', 'mine:p95 > 20ms', ...junit);
    expect(code).toBe(1);
    expect(stderr).toContain('check failed: fails if mine:latency.p95 > 20 ms; mine: ');
    expect(await readdir(folder)).toContain('report.html');
    expect(await read('run.xml')).toContain('<failure type="limit"');
  });

  test('is checked again by faceoff report', async () => {
    expect(await faceoff('report', before, '--fail-if', 'median > 1h')).toMatchObject({ code: 2 });
    expect(await faceoff('report', before, '--fail-if', 'median > 1000s')).toMatchObject({ code: 0 });
    expect(await faceoff('report', before, '--fail-if', 'median > 0ms')).toMatchObject({ code: 1 });
    const shown = await readFile(join(before, 'report.md'), 'utf8');
    expect(shown).toMatch(/\| latency\.median \\> 0 ms \| mine \| failed \| /);
    expect(await readFile(join(before, 'report.html'), 'utf8')).toContain('<h2>Checks</h2>');
  });

  test.each([
    [['--fail-if', 'p95 worsens > 5%'], 'needs two runs; give it to faceoff compare'],
    [['--fail-if', 'other:p95 > 1s'], 'there is no target other, only mine'],
    [['--fail-if', 'rate < 1/s'], 'needs the scenario throughput'],
  ])('%j is refused before anything is sent', async (args, message) => {
    const { code, stderr, folder } = await run('refused', 1, ...args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(folder).toBe(`${results}`);
    expect(endpoints.at(-1)?.received).toEqual([]);
  });
});
