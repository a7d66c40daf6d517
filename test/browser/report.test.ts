import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseTarget, profiles, readPhotos, scenarios, startRun, type Target, writeReport } from '../../bench/index.ts';
import { type Endpoint, startEndpoint } from '../double/endpoint.ts';
import { noBrowser, openBrowser } from './browser.ts';

const settings = {
  ...profiles.quick,
  latency: { requests: 40, blocks: 4, warmup: 0 },
  throughput: { connections: 2, seconds: 1, blocks: 4, warmupSeconds: 0 },
  'cold-start': { trials: 3, timeoutMs: 5000 },
  capacity: { ...profiles.quick.capacity, requests: 20, resolution: 1, probes: 4 },
  autoscaling: { rate: 20, seconds: 1, quietSeconds: 0.2 },
  burst: { ...profiles.quick.burst, seconds: 1.5, idleSeconds: 0 },
};

describe.skipIf(noBrowser)('the report in a browser', () => {
  let folder: string;
  let endpoints: Endpoint[];
  let browser: Browser;
  let report: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faceoff-browser-'));
    endpoints = await Promise.all([startEndpoint(), startEndpoint(fromColdReplica)]);
    const targets: Target[] = endpoints.map(({ url }, index) => ({
      ...parseTarget(`${index === 0 ? 'server' : 'serverless'}=${url}`),
      architecture: index === 0 ? 'server' : 'serverless',
      replicas: async () => ({ ready: 1 + index, desired: 1 + index }),
      ...(index === 1 ? { scale: async () => undefined } : {}),
    }));
    const photos = await readPhotos();
    const signal = new AbortController().signal;
    const run = await startRun({
      name: 'browser',
      results: folder,
      profile: 'quick',
      seed: 1,
      settings,
      targets,
      scenarios,
      photos,
      signal,
    });
    for (const step of run.steps) await step.run(() => undefined);
    await run.end();
    report = pathToFileURL((await writeReport(run.folder)).page).href;
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all(endpoints.map((endpoint) => endpoint.close()));
    await rm(folder, { recursive: true });
  });

  async function open(
    width: number,
    colorScheme: 'light' | 'dark' = 'light',
  ): Promise<{ page: Page; trouble: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    const trouble: string[] = [];
    page.on('console', (message) => trouble.push(message.text()));
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('request', (request) => {
      if (request.url() !== report) trouble.push(request.url());
    });
    await page.goto(report);
    return { page, trouble };
  }

  test('asks for nothing else and complains of nothing', async () => {
    const { page, trouble } = await open(1200);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('starts with the verdict', async () => {
    const { page } = await open(1200);
    expect(await page.locator('main section').first().getAttribute('aria-label')).toBe('Verdict');
    // Which one it is depends on how busy this machine is.
    expect(await page.locator('.sentence').textContent()).toMatch(/^[A-Z].*\.$/);
    await page.close();
  });

  test('shows every figure with something drawn in it', async () => {
    const { page } = await open(1200);
    const drawn = await page
      .locator('figure svg[role=img]')
      .evaluateAll((figures) =>
        figures.map((svg) => svg.getBoundingClientRect().height > 50 && svg.querySelectorAll('rect, path').length > 0),
      );
    expect(drawn).toEqual(Array(8).fill(true));
    await page.close();
  });

  test('fits a phone without scrolling sideways', async () => {
    const { page } = await open(360);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.close();
  });

  test('is dark for those who ask for it', async () => {
    const { page } = await open(1200, 'dark');
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(13, 17, 23)');
    await page.close();
  });
});

/** Answers as a replica that was started for this request. */
function fromColdReplica(_: unknown, response: import('node:http').ServerResponse): void {
  const now = performance.timeOrigin + performance.now();
  const times = { 'x-replica-loading': String(now + 1), 'x-replica-ready': String(now + 2) };
  setTimeout(() => response.writeHead(200, times).end('{"top":[{"label":"cat","probability":1}]}'), 5);
}
