import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { advicePage, advise, patternTraffic } from '../../advise/index.ts';
import { parseObjective, readPrices } from '../../bench/index.ts';
import { makeModel } from '../double/model.ts';
import { noBrowser, openBrowser } from './browser.ts';

describe.skipIf(noBrowser)('the page of an advice in a browser', () => {
  let folder: string;
  let browser: Browser;
  let url: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faceoff-advice-'));
    const advice = advise({
      traffic: patternTraffic('poisson:rate=50,hours=0.1', 1),
      model: makeModel(),
      objective: parseObjective('p95 < 200ms'),
      prices: readPrices(),
      seed: 1,
      sampleRequests: 100_000,
      factors: [0.01, 1],
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

  async function open(
    width: number,
    colorScheme: 'light' | 'dark' = 'light',
  ): Promise<{ page: Page; trouble: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    const trouble: string[] = [];
    page.on('console', (message) => trouble.push(message.text()));
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('request', (request) => {
      if (request.url() !== url) trouble.push(request.url());
    });
    await page.goto(url);
    return { page, trouble };
  }

  test.each([
    { width: 375, colorScheme: 'dark' },
    { width: 1280, colorScheme: 'light' },
  ] as const)('asks for nothing, fits, and hinders nobody, $width px wide and $colorScheme', async (look) => {
    const { page, trouble } = await open(look.width, look.colorScheme);
    await page.evaluate(axe.source);
    const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults;
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(look.width);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('tells the advice at first, and another one for another rate by its slider', async () => {
    const { page } = await open(1280);
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
