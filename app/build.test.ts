import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { pictureIn } from './test/pictures.ts';
import { type AppProcess, startApp } from './test/process.ts';
import { post } from './test/service.ts';

async function startCompiled(): Promise<AppProcess> {
  const app = startApp('dist/main.js', { THREADS: '2' });
  await app.says('Ready');
  return app;
}

beforeAll(async () => {
  await promisify(execFile)(process.execPath, [fileURLToPath(new URL('build.js', import.meta.url))]);
});

describe('the compiled service', () => {
  test('classifies', async () => {
    const app = await startCompiled();
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => post(app.url(), await pictureIn('jpeg')).then(({ status }) => status)),
    );
    expect(answers).toEqual(Array.from({ length: 8 }, () => 200));
  });

  test('takes a form', async () => {
    const app = await startCompiled();
    const form = new FormData();
    form.set('picture', new Blob([new Uint8Array(await pictureIn('png'))]), 'picture.png');
    expect((await post(app.url(), form)).status).toBe(200);
  });

  test('has its page and its metrics', async () => {
    const app = await startCompiled();
    expect(await (await fetch(app.url())).text()).toContain('<html');
    expect(await (await fetch(`${app.url()}/metrics`)).text()).toContain('classifier_queue_length');
  });

  test('says nothing on standard error', async () => {
    const app = await startCompiled();
    app.child.kill();
    expect(await app.ended).toBe(0);
    const expected =
      /^(OFFLINE is set, and .* has no downloaded model\.|synthetic weights: timings hold, labels do not)\n/gm;
    expect(app.stderr().replaceAll(expected, '')).toBe('');
  });
});
