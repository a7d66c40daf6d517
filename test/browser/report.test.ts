import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
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
    const titles = await page.locator('figure').locator('h2, h3').allTextContents();
    const figures = ['Latency', 'Throughput', 'Capacity', 'Requests', 'Replicas', 'Burst', 'Cold starts'];
    for (const figure of figures) expect(titles.join()).toMatch(new RegExp(`Figure \\d+\\. ${figure}`));
    const drawn = await page
      .locator('figure svg[role=img]')
      .evaluateAll((figures) =>
        figures.map((svg) => svg.getBoundingClientRect().height > 50 && svg.querySelectorAll('rect, path').length > 0),
      );
    expect(drawn.length).toBeGreaterThanOrEqual(figures.length);
    expect(new Set(drawn)).toEqual(new Set([true]));
    await page.close();
  });

  test.each([
    { width: 375, colorScheme: 'light' },
    { width: 375, colorScheme: 'dark' },
    { width: 1280, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
  ] as const)('hinders nobody: axe finds nothing serious, $width px wide and $colorScheme', async (look) => {
    const { page, trouble } = await open(look.width, look.colorScheme);
    // By the debugger, since the page's own policy lets no other script in.
    await page.evaluate(axe.source);
    const { violations, passes } = (await page.evaluate('axe.run()')) as axe.AxeResults;
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    expect(passes.map(({ id }) => id)).toContain('color-contrast');
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('runs no script but its own', async () => {
    const { page, trouble } = await open(1200);
    await page.evaluate(
      "document.body.insertAdjacentHTML('beforeend', '<svg onload=\"window.intruder = 1\"></svg>'); document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.intruder = 1' }))",
    );
    expect(await page.evaluate('window.intruder')).toBeUndefined();
    expect(trouble.join()).toContain('Content Security Policy');
    await page.close();
  });

  test('sorts a table by the keyboard, up, down and back again', async () => {
    const { page } = await open(1200);
    const table = page.locator('table', { has: page.locator('thead th', { hasText: 'Photo' }) });
    const photos = (): Promise<string[]> => table.locator('tbody th').allTextContents();
    const before = await photos();
    const head = table.locator('th[data-sort]').first();
    const sorts = async (): Promise<[string | null, string[]]> => {
      await head.locator('button').press('Enter');
      return [await head.getAttribute('aria-sort'), await photos()];
    };
    const upwards = before.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    expect(await sorts()).toEqual(['ascending', upwards]);
    expect(await sorts()).toEqual(['descending', upwards.toReversed()]);
    expect(await sorts()).toEqual([null, before]);
    await page.close();
  });

  test('is whole without its script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(report);
    expect(await page.locator('th button').count()).toBe(0);
    expect(await page.locator('table').first().isVisible()).toBe(true);
    await context.close();
  });

  test('is printed in black on white, with figures that fit the page', async () => {
    const { page } = await open(700, 'dark');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    const wide = await page.evaluate(
      "[...document.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > 700).map((e) => e.tagName + '.' + e.className + ' ' + (e.textContent ?? '').slice(0, 40))",
    );
    expect(wide).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(700);
    const breaks = await page.evaluate(
      "[...new Set([...document.querySelectorAll('figure')].map((figure) => getComputedStyle(figure).breakInside))]",
    );
    expect(breaks).toEqual(['avoid']);
    await page.close();
  });

  test.each([360, 375, 1280])('fits a width of %i px without scrolling sideways', async (width) => {
    const { page } = await open(width);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
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
