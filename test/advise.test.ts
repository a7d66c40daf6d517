import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeManifest, makeSample } from './double/run.ts';
import { startFaceoff } from './process.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faceoff-advise-'));
  const lines = (values: unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');
  const at = (index: number) => 1000 + index * 100;
  const targets = ['server', 'serverless'];
  const samples = targets.flatMap((target) =>
    Array.from({ length: 20 }, (_, index) => makeSample({ target, intended: at(index), answered: at(index) + 50 })),
  );
  const answers = targets.map((target) => ({ kind: 'answer', time: 1, target, photo: 'cat.jpg', status: 200 }));
  await writeFile(join(folder, 'run.json'), JSON.stringify(makeManifest({ scenarios: ['latency'] })));
  await writeFile(join(folder, 'samples.jsonl'), lines(samples));
  await writeFile(join(folder, 'events.jsonl'), lines(answers));
  await writeFile(
    join(folder, 'traffic.csv'),
    `time,requests\n${Array.from({ length: 300 }, (_, second) => `${second},20\n`).join('')}`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]) => startFaceoff(['advise', folder, ...args]).finished;

test('says what to take for recorded traffic, and writes the page and the configuration', async () => {
  const [page, config] = [join(folder, 'advice.html'), join(folder, 'Pulumi.advised.yaml')];
  const { code, stdout, stderr } = await run(
    '--traffic',
    join(folder, 'traffic.csv'),
    '--out',
    page,
    '--write-config',
    config,
  );
  expect(stderr).toContain(config);
  expect(stdout).toMatch(/traffic\.csv: 6,000 requests in 0\.0833 h, 20\/s on average/);
  expect(stdout).toMatch(
    /Take server, HorizontalPodAutoscaler \(min 1, max \d, CPU target % 50\): it holds p95 < 200 ms/,
  );
  expect(stdout).toMatch(/Assumed: No cold start was measured/);
  expect(await readFile(page, 'utf8')).toContain('Take server, HorizontalPodAutoscaler');
  expect(await readFile(config, 'utf8')).toMatch(/server:maxReplicas: "\d"/);
  expect(code).toBe(0);
});

test('ends with 1 and says why when nothing holds the objective', async () => {
  const { code, stdout } = await run(
    '--pattern',
    'poisson:rate=1,hours=0.05',
    '--objective',
    'p95 < 10ms',
    '--format',
    'json',
  );
  expect(JSON.parse(stdout)).toMatchObject({
    choices: [],
    blame: expect.stringMatching(/An answer alone takes too long/),
  });
  expect(code).toBe(1);
});

test.each([
  [[], /give either --traffic or --pattern/],
  [['--pattern', 'sine:rate=1'], /"sine" is no pattern/],
  [['--pattern', 'poisson:rate=1', '--skip-lines', '200'], /from 0 to 100/],
])('refuses %j as wrong usage', async (args, message) => {
  const { code, stderr } = await run(...args);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
