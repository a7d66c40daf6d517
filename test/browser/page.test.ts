import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { root } from '../process.ts';
import { noBrowser, openBrowser } from './browser.ts';

const cat = fileURLToPath(new URL('../../bench/photos/cat.jpg', import.meta.url));
const real = process.env['MODEL_DIR'] !== undefined;

describe.skipIf(noBrowser)('the page on which a person drops a picture', () => {
  let stop: () => Promise<unknown>;
  let url: string;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const service = spawn(process.execPath, ['--import', 'tsx', 'app/main.ts'], {
      cwd: root,
      env: { ...process.env, HOST: '127.0.0.1', PORT: '0', OFFLINE: '1' },
    });
    const ended = new Promise((resolve) => service.once('exit', resolve));
    stop = () => {
      service.kill();
      return ended;
    };
    let log = '';
    for (const stream of [service.stdout, service.stderr]) stream.on('data', (text) => (log += text));
    await vi.waitFor(() => expect(log).toMatch(/^Ready/m), 60_000);
    url = /http:\S+/.exec(log)?.[0] ?? '';
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    await page.goto(url);
  });
  afterAll(async () => {
    await browser?.close();
    await stop?.();
  });

  test('fits a phone', async () => {
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  });

  test('shows the answer for a picture that is chosen', async () => {
    await page.locator('input[type=file]').setInputFiles(cat);
    await page.locator('ol li').first().waitFor();
    expect(await page.locator('ol li').count()).toBeGreaterThan(1);
    if (real) expect(await page.locator('ol li').first().textContent()).toContain('Egyptian cat');
  });

  test.skipIf(real)('says that synthetic weights make no true labels', async () => {
    expect(await page.locator('body').textContent()).toContain('synthetic weights: timings hold, labels do not');
  });

  test('tells what is wrong with a file that is no picture', async () => {
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no') });
    const error = page.locator('#answer .error');
    await error.waitFor();
    expect(await error.textContent()).toMatch(/picture/);
  });
});
