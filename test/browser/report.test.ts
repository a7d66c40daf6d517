import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noBrowser, openBrowser } from './browser.ts';
import { hindrances, looks, open as openIn, widthOf } from './look.ts';
import { makeWholeRun, type WholeRun } from './whole-run.ts';

const figures = [
  'Which is better, and by how much',
  'Latency, one request at a time',
  'Throughput',
  'Capacity: latency against the rate',
  'Requests answered while load comes and goes',
  'Replicas while load comes and goes',
  'Burst: latency and replicas',
  'Burst on a base: who answered',
  'Cold starts of serverless',
  'Money a month, an estimate',
];

const tables = [
  'Table 1. Latency and throughput',
  'Checks',
  'Every comparison',
  'Capacity',
  'Burst',
  'Burst on a base',
  'A day of that pattern',
  'Cold starts, part by part',
  'What each platform adds',
  'Resources, part by part',
  'Cost, an estimate',
  'Table 2. What to expect of each',
  'How it was measured',
  'What the targets saw',
];

describe.skipIf(noBrowser)('the report in a browser', () => {
  let folder: string;
  let run: WholeRun;
  let browser: Browser;
  let report: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faceoff-browser-'));
    run = await makeWholeRun(folder, 'browser');
    report = pathToFileURL(run.page).href;
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await run?.close();
    await rm(folder, { recursive: true });
  });

  const open = (width: number, colorScheme: 'light' | 'dark' = 'light') =>
    openIn(browser, report, { width, colorScheme });

  test('is smaller than a megabyte', async () => {
    expect((await stat(run.page)).size).toBeLessThan(1_000_000);
  });

  test('starts with the verdict, which is short whatever was compared', async () => {
    const { page } = await open(1200);
    expect(await page.locator('main section').first().getAttribute('aria-label')).toBe('Verdict');
    // Which one it is depends on how busy this machine is.
    expect(await page.locator('.sentence').textContent()).toMatch(/^[A-Z].*\.$/);
    // Two others, capacity, and going to zero.
    expect(await page.locator('.reasons li').count()).toBeLessThanOrEqual(5);
    await page.close();
  });

  test('has every table, with rows in it', async () => {
    const { page } = await open(1200);
    const named = page.locator('section', { has: page.locator('> .scroll > table') });
    expect(await named.locator('> h2, > h3').allTextContents()).toEqual(tables);
    const empty = await named.evaluateAll(
      (sections) => sections.filter((section) => section.querySelectorAll('tbody tr').length === 0).length,
    );
    expect(empty).toBe(0);
    await page.close();
  });

  test('has every figure, with something drawn in it', async () => {
    const { page } = await open(1200);
    const titles = await page.locator('figure').locator('h2, h3').allTextContents();
    expect(titles).toEqual(figures.map((title, index) => `Figure ${index + 1}. ${title}`));
    const drawn = await page
      .locator('figure svg[role=img]')
      .evaluateAll((figures) =>
        figures.map((svg) => svg.getBoundingClientRect().height > 50 && svg.querySelectorAll('rect, path').length > 0),
      );
    expect(drawn.length).toBeGreaterThanOrEqual(figures.length);
    expect(new Set(drawn)).toEqual(new Set([true]));
    await page.close();
  });

  test.each(looks)('asks for nothing, fits, and hinders nobody, $width px wide and $colorScheme', async (look) => {
    const { page, trouble } = await openIn(browser, report, look);
    expect(await hindrances(page)).toEqual([]);
    expect(await widthOf(page)).toBe(look.width);
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
    expect(await widthOf(page)).toBe(700);
    const breaks = await page.evaluate(
      "[...new Set([...document.querySelectorAll('figure')].map((figure) => getComputedStyle(figure).breakInside))]",
    );
    expect(breaks).toEqual(['avoid']);
    await page.close();
  });

  test('is dark for those who ask for it', async () => {
    const { page } = await open(1200, 'dark');
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(13, 17, 23)');
    await page.close();
  });
});
