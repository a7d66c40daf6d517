import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { advicePage, advise, patternTraffic } from '../../advise/index.ts';
import { parseObjective, readPrices } from '../../bench/index.ts';
import { makeModel } from '../double/model.ts';
import { noBrowser, openBrowser } from './browser.ts';
import { hindrances, looks, open, widthOf } from './look.ts';

describe.skipIf(noBrowser)('the page of an advice in a browser', () => {
  let folder: string;
  let browser: Browser;
  let url: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faceoff-advice-'));
    const advice = await advise({
      traffic: patternTraffic('poisson:rate=50,hours=0.1', 1),
      model: makeModel(),
      objective: parseObjective('p95 < 200ms'),
      prices: readPrices(),
      seed: 1,
      sampleRequests: 100_000,
      factors: [0.01, 1],
      threads: 1,
    });
    const page = join(folder, 'advice.html');
    await writeFile(page, await advicePage(advice));
    url = pathToFileURL(page).href;
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  test.each(looks)('asks for nothing, fits, and hinders nobody, $width px wide and $colorScheme', async (look) => {
    const { page, trouble } = await open(browser, url, look);
    expect(await hindrances(page)).toEqual([]);
    expect(await widthOf(page)).toBe(look.width);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('tells the advice at first, and another one for another rate by its slider', async () => {
    const { page } = await open(browser, url, { width: 1280 });
    const first = await page.locator('main > section .sentence').first().textContent();
    const answer = page.locator('#what-if-answer');
    const here = (await answer.textContent())?.replace(/^Then: (.*)\.$/, '$1') ?? 'none';
    expect(first).toContain(here);
    await page.locator('#rate').fill('0');
    expect(await answer.textContent()).toBe('Then: cloud functions.');
    await page.locator('#limit').fill('0');
    expect(await answer.textContent()).toBe('Nothing that was tried holds it.');
    await page.close();
  });
});
