import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deadUrl, type Endpoint, startEndpoint } from './double/endpoint.ts';
import { interrupt, root, startFaceoff } from './process.ts';

let results: string;
let endpoint: Endpoint;
beforeEach(async () => {
  results = await mkdtemp(join(tmpdir(), 'faceoff-cli-'));
  endpoint = await startEndpoint();
});
afterEach(async () => {
  await endpoint.close();
  await rm(results, { recursive: true });
});

const run = (...args: string[]) => startFaceoff(['run', '--results', results, ...args]);
const latest = (name: string): Promise<string> => readFile(join(results, 'latest', name), 'utf8');
const countSamples = async (): Promise<number> => (await latest('samples.jsonl')).split('\n').length;

describe('faceoff run', () => {
  test('measures any endpoint and ends with the path of the report', async () => {
    const { code, stdout } = await run('--target', `mine=${endpoint.url}`, '--scenario', 'latency').finished;
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^Report: .*report\.html$/);
    expect((await latest('samples.jsonl')).trimEnd().split('\n')).toHaveLength(150);
    expect(JSON.parse(await latest('run.json'))).toMatchObject({ status: 'complete', seed: 1 });
  });

  test('does as a scenario file says, where no option says otherwise', async () => {
    const file = join(results, 'mine.yaml');
    const text = `{ name: mine, seed: 7, targets: { mine: '${endpoint.url}' }, scenarios: { latency: { requests: 20 } }, failIf: [p95 > 60s] }`;
    await writeFile(file, text);
    const { code, stderr } = await run('--file', file, '--seed', '8').finished;
    expect(stderr).toContain('check passed: fails if latency.p95 > 60 s; mine: ');
    expect(code).toBe(0);
    expect((await latest('samples.jsonl')).trimEnd().split('\n')).toHaveLength(20);
    expect(JSON.parse(await latest('run.json'))).toMatchObject({ name: 'mine', seed: 8, scenarios: ['latency'] });
  });

  test('sends recorded traffic as the load that comes and goes', async () => {
    const file = join(results, 'traffic.csv');
    await writeFile(file, 'time,requests\n0,3\n1,5\n');
    const target = ['--target', `mine=${endpoint.url}`, '--scenario', 'autoscaling'];
    const { code } = await run(...target, '--traffic', file).finished;
    expect(code).toBe(0);
    const samples = (await latest('samples.jsonl'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const [first] = samples;
    const seconds = samples.map(({ intended }) => Math.floor((intended - first.intended + 1) / 1000));
    expect(seconds).toEqual([0, 0, 0, 1, 1, 1, 1, 1]);
    expect(await latest('report.md')).toContain('up to 5 requests a second, changing over 2 s');
  });

  test('fails when one of its targets does, and still reports the other', async () => {
    const dead = await deadUrl();
    const both = ['--target', `mine=${endpoint.url}`, `dead=${dead}`];
    const { code, stdout } = await run(...both, '--scenario', 'latency').finished;
    expect(code).toBe(1);
    expect(stdout).toContain('dead failed');
    expect(await latest('report.md')).toContain('| 0 of 150 |');
  });

  test('fails when a target answers the first photos and then nothing more', async () => {
    let answered = 0;
    const fading = await startEndpoint((request, response) => {
      answered += 1;
      if (answered > 4) request.socket.destroy();
      else response.end('{}');
    });
    const { code, stdout } = await run('--target', `fading=${fading.url}`, '--scenario', 'throughput').finished;
    await fading.close();
    expect(code).toBe(1);
    expect(stdout).toContain('requests failed');
  });

  test('fails when no target answers, and says why', async () => {
    const { code, stdout, stderr } = await run('--target', `dead=${await deadUrl()}`).finished;
    expect(code).toBe(1);
    expect(stderr).toContain('no target answered a photo with success');
    expect(stdout).toContain('ECONNREFUSED');
  });

  test('Ctrl-C keeps the samples so far and reports them', async () => {
    const { child, finished } = run(
      '--target',
      `mine=${endpoint.url}`,
      '--scenario',
      'throughput',
      '--profile',
      'paper',
    );
    await expect.poll(() => endpoint.received.length, { timeout: 30_000 }).toBeGreaterThan(3000);
    // On a slow machine so many are still within the warm-up, which leaves no samples.
    await expect.poll(countSamples, { timeout: 30_000 }).toBeGreaterThan(100);
    interrupt(child);
    const { code, stdout } = await finished;
    expect(code).toBe(130);
    expect(stdout).toContain('Report: ');
    expect(await countSamples()).toBeGreaterThan(100);
    expect(JSON.parse(await latest('run.json'))).toMatchObject({ status: 'stopped' });
    expect(await latest('report.md')).toContain('did not come to its end (stopped)');
  });

  test('a full disk ends the run, is told, and what was written is reported', async () => {
    // A limit on the size of files stands in for the disk: bash lets Node see the error instead of being killed.
    const target = `mine=${endpoint.url}`;
    const command = `trap '' XFSZ; ulimit -f 150; exec "$0" faceoff.js run --results "$1" --target "$2" --scenario throughput`;
    const child = spawn('bash', ['-c', command, process.execPath, results, target], { cwd: root });
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    const [code] = await once(child, 'close');
    expect(stderr).toContain('the run folder cannot be written: EFBIG');
    expect(code).toBe(1);
    expect(await latest('report.md')).toContain('did not come to its end (failed)');
  });

  test('a disk without any room ends the run with every reason, and its samples can be reported later', async () => {
    const command = `trap '' XFSZ; exec "$0" faceoff.js run --results "$1" --target "$2" --scenario throughput`;
    const target = `mine=${endpoint.url}`;
    const child = spawn('bash', ['-c', command, process.execPath, results, target], { cwd: root });
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    await expect.poll(countSamples, { timeout: 30_000 }).toBeGreaterThan(100);
    spawn('prlimit', ['--pid', String(child.pid), '--fsize=0']);
    const [code] = await once(child, 'close');
    expect(code).toBe(1);
    for (const part of ['the run folder', 'run.json', 'summary.json']) {
      expect(stderr).toMatch(new RegExp(`${part} cannot be written: EFBIG`));
    }
    expect(stderr).toContain('make room, then `faceoff report`');
    expect(await readdir(join(results, 'latest'))).toEqual(['events.jsonl', 'run.json', 'samples.jsonl']);
    expect((await startFaceoff(['report', join(results, 'latest')]).finished).code).toBe(0);
    expect(await latest('report.md')).toContain('did not come to its end');
  });

  test('a killed run can still be reported', async () => {
    const { child, finished } = run('--target', `mine=${endpoint.url}`, '--scenario', 'latency', '--profile', 'paper');
    await expect.poll(() => endpoint.received.length, { timeout: 30_000 }).toBeGreaterThan(60);
    child.kill('SIGKILL');
    await finished;
    expect(await readdir(join(results, 'latest'))).not.toContain('report.html');
    const report = await startFaceoff(['report', join(results, 'latest')]).finished;
    expect(report.code).toBe(0);
    expect(await readdir(join(results, 'latest'))).toContain('report.html');
  });

  test.each([
    [['--profile', 'huge'], 'Allowed choices are quick, paper'],
    [['--scenario', 'speed'], 'Allowed choices are latency, throughput'],
    [['--target', 'nowhere'], 'give a name and a URL'],
    [['--target', 'a=http://127.0.0.1/', 'a=http://127.0.0.1/'], 'the name a is given twice'],
    [['--seed', 'x'], 'give a whole number'],
    [['--name', '../up'], 'give letters, digits'],
    [['--traffic', 'none.csv'], 'none.csv cannot be read'],
    [['--file', 'none.yaml'], 'none.yaml'],
    [['--nonsense'], 'unknown option'],
  ])('%j is refused as wrong usage', async (args, message) => {
    const { code, stderr } = await run(...args).finished;
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(await readdir(results)).toEqual([]);
  });

  test('a target that is refused is not repeated, since it may hold a password', async () => {
    const { code, stderr } = await run('--target', 'a=ftp://user:hidden@127.0.0.1/').finished;
    expect([code, stderr]).toEqual([2, expect.stringContaining('must start with http')]);
    expect(stderr).not.toContain('hidden');
  });

  test('a folder without photos is refused before anything is started', async () => {
    const { code, stderr } = await run('--photos', results).finished;
    expect(code).toBe(1);
    expect(stderr).toContain('no picture in it');
  });
});

test('faceoff report refuses a folder that is no run', async () => {
  const { code, stderr } = await startFaceoff(['report', results]).finished;
  expect(code).toBe(1);
  expect(stderr).toContain('is not a run folder');
});
