import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Why browser tests are skipped here, or false; with NOTHING_SKIPPED there is a browser, or they fail. */
export const noBrowser: string | false =
  existsSync(executablePath) || process.env['NOTHING_SKIPPED'] ? false : `no browser at ${executablePath}`;

/** A real browser that asks nothing of the network by itself. */
export function openBrowser(): Promise<Browser> {
  const quiet = ['background-networking', 'component-update', 'sync', 'quic', 'gpu'].map((name) => `--disable-${name}`);
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--no-first-run', ...quiet] });
}
