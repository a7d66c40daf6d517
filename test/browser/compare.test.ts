import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareRuns, comparisonPage, readRuns } from '../../bench/index.ts';
import { noBrowser, openBrowser } from './browser.ts';
import { hindrances, looks, open, widthOf } from './look.ts';
import { makeWholeRun } from './whole-run.ts';

describe.skipIf(noBrowser)('the page of two runs compared in a browser', () => {
  let folder: string;
  let browser: Browser;
  let path: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faceoff-browser-'));
    const runs = [await makeWholeRun(folder, 'before'), await makeWholeRun(folder, 'after', 20)];
    await Promise.all(runs.map((run) => run.close()));
    path = join(folder, 'compare.html');
    await writeFile(path, await comparisonPage(compareRuns(await readRuns(runs.map((run) => run.folder)))));
    browser = await openBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  test.each(looks)('asks for nothing, fits, and hinders nobody, $width px wide and $colorScheme', async (look) => {
    const { page, trouble } = await open(browser, pathToFileURL(path).href, look);
    expect(await hindrances(page)).toEqual([]);
    expect(await widthOf(page)).toBe(look.width);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('says first what changed, and draws it', async () => {
    const { page } = await open(browser, pathToFileURL(path).href, { width: 1280 });
    expect(await page.locator('main section').first().locator('.sentence').textContent()).toMatch(
      /^after against before: \d+ of \d+ figures changed beyond noise/,
    );
    expect(await page.locator('figure svg[role=img] path').count()).toBeGreaterThan(0);
    await page.close();
  });

  test('is smaller than a megabyte', async () => {
    expect((await stat(path)).size).toBeLessThan(1_000_000);
  });
});
