import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findRouter } from '../infra/local/index.ts';

// Elsewhere tests that lack something are skipped; CI must have all of it, or a green run would prove little.
test.runIf(process.env['CI'])(
  'CI skips nothing: weights, photos, browser, router and the native backend are there',
  async () => {
    expect(existsSync(process.env['MODEL_DIR'] ?? '')).toBe(true);
    expect(existsSync(process.env['PHOTOS_DIR'] ?? '')).toBe(true);
    expect(existsSync(process.env['CHROMIUM'] ?? '/usr/bin/chromium')).toBe(true);
    expect(await findRouter()).toBeUndefined();
    await expect(import('@tensorflow/tfjs-node')).resolves.toHaveProperty('version');
  },
);
