import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';

// Elsewhere tests that lack something are skipped; CI must have all of it, or a green run would prove little.
test.runIf(process.env['CI'])(
  'CI skips nothing: weights, photos, browser and the native backend are there',
  async () => {
    expect(existsSync(process.env['MODEL_DIR'] ?? '')).toBe(true);
    expect(existsSync(process.env['PHOTOS_DIR'] ?? '')).toBe(true);
    expect(existsSync(process.env['CHROMIUM'] ?? '/usr/bin/chromium')).toBe(true);
    await expect(import('@tensorflow/tfjs-node')).resolves.toHaveProperty('version');
  },
);
