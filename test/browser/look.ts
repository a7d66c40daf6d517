import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';

/** How wide a screen is, in pixels, and which of two colour schemes its owner asks for. */
export interface Look {
  width: number;
  colorScheme?: 'light' | 'dark';
}

/** Narrow and wide, light and dark: what a page must be fit for. */
export const looks: readonly Required<Look>[] = [
  { width: 375, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
];

/** Opens a page; `trouble` is what its console says, what it throws, and what it asks for beside itself. */
export async function open(
  browser: Browser,
  url: string,
  { width, colorScheme = 'light' }: Look,
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

/** What axe finds that hinders somebody seriously; an error when it could not judge colours at all. */
export async function hindrances(page: Page): Promise<string[]> {
  // By the debugger, since the page's own policy lets no other script in.
  await page.evaluate(axe.source);
  const { violations, passes } = (await page.evaluate('axe.run()')) as axe.AxeResults;
  if (!passes.some(({ id }) => id === 'color-contrast')) throw new Error('axe judged no colours');
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** How wide what is on the page is, in pixels: more than the screen is when it scrolls sideways. */
export function widthOf(page: Page): Promise<unknown> {
  return page.evaluate('document.documentElement.scrollWidth');
}
