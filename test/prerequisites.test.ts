import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findRouter } from '../infra/local/index.ts';

// Elsewhere tests that lack something are skipped. NOTHING_SKIPPED says that all of it is here, or a green run would prove
// little; CI says nothing of that, since many services set it.
test.runIf(process.env['NOTHING_SKIPPED'])(
  'nothing is skipped: weights, photos, browser, router and the native backend are there',
  async () => {
    expect(existsSync(process.env['MODEL_DIR'] ?? '')).toBe(true);
    expect(existsSync(process.env['PHOTOS_DIR'] ?? '')).toBe(true);
    expect(existsSync(process.env['CHROMIUM'] ?? '/usr/bin/chromium')).toBe(true);
    expect(await findRouter()).toBeUndefined();
    await expect(import('@tensorflow/tfjs-node')).resolves.toHaveProperty('version');
  },
);
