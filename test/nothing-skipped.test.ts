import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { root } from './process.ts';

/** Runs the test of what other tests need, on a machine that has none of it. */
function runPrerequisites(set: Record<string, string>) {
  const { NOTHING_SKIPPED: _, ...inherited } = process.env;
  const env = { ...inherited, MODEL_DIR: '/nowhere', PHOTOS_DIR: '/nowhere', CHROMIUM: '/nowhere', ...set };
  return spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'test/prerequisites.test.ts'], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
}

test('a service for CI that lacks something skips what needs it', () => {
  const { status, stdout } = runPrerequisites({ CI: 'true' });
  expect(status, stdout).toBe(0);
  expect(stdout).toContain('1 skipped');
});

test('with NOTHING_SKIPPED what is missing fails', () => {
  const { status, stdout, stderr } = runPrerequisites({ NOTHING_SKIPPED: '1' });
  expect(stdout + stderr).toContain('nothing is skipped: weights');
  expect(status).toBe(1);
});

test.each([
  ['CI', 'string'],
  ['NOTHING_SKIPPED', 'boolean'],
])('with %s alone, whether a missing browser skips tests is told as a %s', async (name, type) => {
  vi.stubEnv('NOTHING_SKIPPED', undefined);
  vi.stubEnv('CHROMIUM', '/nowhere');
  vi.stubEnv(name, '1');
  vi.resetModules();
  const { noBrowser } = await import('./browser/browser.ts');
  vi.unstubAllEnvs();
  expect(noBrowser).toBeTypeOf(type as 'string' | 'boolean');
});

test('.ci/run has all of it, and says so', () => {
  expect(readFileSync(join(root, '.ci/run'), 'utf8')).toMatch(/^export NOTHING_SKIPPED=1$/m);
});
