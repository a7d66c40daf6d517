import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeManifest, makeSample } from '../../test/double/run.ts';
import { RunFolder } from '../record/index.ts';
import { writeReport } from './report.ts';

let parent: string;
let folder: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'faceoff-report-'));
  const manifest = makeManifest({
    name: 'evil',
    photos: [{ name: '<script>alert(1)</script>.jpg', bytes: 1, sha256: 'a' }],
  });
  const run = await RunFolder.create(parent, manifest);
  folder = run.path;
  for (const target of ['server', 'serverless']) {
    const photo = '<img src=x onerror=alert(1)>|.jpg';
    run.event({ kind: 'answer', time: 1, target, photo, status: 200, label: 'a <b>label</b> | `x`', probability: 0.5 });
    for (let block = 0; block < 5; block += 1) {
      run.sample(makeSample({ target, block, intended: 1000 * block, answered: 1000 * block + 5 + block }));
    }
  }
  await run.close();
  await writeReport(folder);
});
afterAll(() => rm(parent, { recursive: true }));

const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

test('what targets and files say is shown as text, never as markup', async () => {
  const page = await read('report.html');
  expect(page).not.toContain('<script>alert');
  expect(page).not.toContain('<img');
  expect(page).toContain('&lt;b&gt;label&lt;/b&gt;');
});

test('the page needs nothing from elsewhere', async () => {
  const page = await read('report.html');
  expect(page).not.toMatch(/<(link|img|iframe|object|embed|video|audio)\b/);
  expect(page).not.toMatch(/<[^>]*\ssrc=/);
  expect(page).not.toMatch(/\bhref="(\w+:|\/\/)/);
  expect(page).not.toMatch(/url\(|@import|import\(|fetch\(/);
});

test('the policy of the page allows its own style and script by their hashes, and nothing else', async () => {
  const page = await read('report.html');
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1]?.split('; ');
  const hash = (tag: string): string => {
    const texts = [...page.matchAll(new RegExp(`<${tag}[^>]*>([^]*?)</${tag}>`, 'g'))].map(([, text = '']) => text);
    expect(texts).toHaveLength(1);
    return `'sha256-${createHash('sha256').update(texts.join('')).digest('base64')}'`;
  };
  expect(policy).toEqual([
    "default-src 'none'",
    `style-src ${hash('style')}`,
    `script-src ${hash('script')}`,
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  expect(page).not.toMatch(/<[^>]* (style|on\w+)=/);
});

test('every figure has a name for those who do not see it', async () => {
  const page = await read('report.html');
  const figures = page.match(/<figure>/g)?.length ?? 0;
  expect(figures).toBeGreaterThan(0);
  expect(page.match(/<svg(?=[^>]* role="img")(?=[^>]* aria-label="[^"]+")/g)).toHaveLength(figures);
});

test('cells of the Markdown tables cannot be broken out of', async () => {
  const rows = (await read('report.md')).split('\n').filter((line) => line.startsWith('| \\<img'));
  expect(rows).toHaveLength(1);
  expect(rows[0]?.match(/(?<!\\)\|/g)).toHaveLength(4);
});

test('the summary holds the verdict and the figures', async () => {
  const summary = JSON.parse(await read('summary.json')) as {
    verdict: object;
    targets: { latency: { succeeded: number } }[];
  };
  expect(summary.verdict).toHaveProperty('sentence');
  expect(summary.targets.map(({ latency }) => latency.succeeded)).toEqual([5, 5]);
});

test('making the report again from the raw data gives the same report', async () => {
  const before = await read('report.html');
  await Promise.all(['report.html', 'report.md', 'summary.json'].map((name) => rm(join(folder, name))));
  await writeReport(folder);
  expect(await read('report.html')).toBe(before);
});
