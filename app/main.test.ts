import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { modelDir, testEnvironment } from './test/classifier.ts';
import { folderWith } from './test/folder.ts';
import { pictureIn } from './test/pictures.ts';
import { startApp } from './test/process.ts';
import { post } from './test/service.ts';

/** Whether a process is there. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the process', () => {
  test('classifies once it is ready', async () => {
    const app = startApp('main.ts');
    await app.says('Ready');
    expect((await post(app.url(), await pictureIn('jpeg'))).status).toBe(200);
  });

  test('says what classifies', async () => {
    const app = startApp('main.ts');
    await app.says('Ready');
    expect(app.stdout()).toMatch(
      modelDir === undefined
        ? /Ready: \S+ on tfjs-wasm, synthetic weights: timings hold, labels do not/
        : /Ready: \S+ on onnx, real weights/,
    );
  });

  test('answers for its health before it is ready', async () => {
    const app = startApp('main.ts');
    await app.says('Listening');
    expect([200, 503]).toContain((await fetch(`${app.url()}/_/health`)).status);
  });

  test('tells the moments of its start in order', async () => {
    const before = Date.now();
    const app = startApp('main.ts');
    await app.says('Ready');
    const { headers } = await fetch(app.url());
    const moments = ['started', 'loading', 'ready'].map((name) => Number(headers.get(`x-replica-${name}`)));
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    expect(moments[0]).toBeGreaterThanOrEqual(before - 1000);
    expect(moments[2]).toBeLessThanOrEqual(Date.now());
  });

  test.skipIf(modelDir === undefined)('does not let a library report home (set MODEL_DIR)', async () => {
    const HOME = await folderWith();
    const app = startApp('main.ts', { HOME, XDG_CACHE_HOME: '' });
    await app.says('Ready');
    await post(app.url(), await pictureIn('jpeg'));
    expect(await readdir(HOME)).toEqual([]);
  });
});

describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  test('lets what was accepted be finished', async () => {
    const app = startApp('main.ts');
    await app.says('Ready');
    const picture = await pictureIn('jpeg');
    const send = () => Array.from({ length: 20 }, () => post(app.url(), picture).then(({ status }) => status));
    // Connections that are there already, so that none still waits to be accepted when the signal comes.
    await Promise.all(send());
    const answers = send();
    await Promise.race(answers);
    app.child.kill(signal);
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(await app.ended).toBe(0);
  });

  test('ends a process that is still loading', async () => {
    const app = startApp('main.ts');
    await app.says('Listening');
    app.child.kill(signal);
    expect(await app.ended).toBe(0);
  });
});

describe('a process that is told to stop', () => {
  test('does not wait for clients that keep their connections', async () => {
    const app = startApp('main.ts', { DRAIN_SECONDS: '3600' });
    await app.says('Ready');
    await (await fetch(app.url())).text();
    const silent = connect(Number(new URL(app.url()).port), '127.0.0.1');
    silent.on('error', () => {});
    await once(silent, 'connect');
    app.child.kill();
    expect(await app.ended).toBe(0);
  });

  test('waits a bounded time for a client that sends half a picture', async () => {
    const app = startApp('main.ts', { DRAIN_SECONDS: '1' });
    await app.says('Ready');
    const stalled = connect(Number(new URL(app.url()).port), '127.0.0.1');
    stalled.on('error', () => {});
    stalled.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nhalf');
    await (await fetch(app.url())).text();
    app.child.kill();
    expect(await app.ended).toBe(0);
    expect(app.stderr()).toContain('Connections that were not done after 1 s are closed.');
  });
});

describe('a parent', () => {
  test('that closes the channel ends the process', async () => {
    const app = startApp('main.ts', {}, true);
    await app.says('Ready');
    app.child.disconnect();
    expect(await app.ended).toBe(0);
  });

  test('that is killed leaves no process behind', async () => {
    const main = fileURLToPath(new URL('main.ts', import.meta.url));
    const script = `const child = require('node:child_process').fork(${JSON.stringify(main)}, { execArgv: ['--import', 'tsx'] });
      setTimeout(() => process.stdout.write(child.pid + '\\n'), 1000);`;
    const parent = spawn(process.execPath, ['-e', script], {
      env: { ...process.env, ...testEnvironment, HOST: '127.0.0.1', PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    parent.stdout.on('data', (chunk) => {
      output += chunk;
    });
    onTestFinished(() => {
      parent.kill('SIGKILL');
    });
    const pid = await vi.waitFor(
      () => {
        expect(output).toContain('Ready');
        // Either may come first.
        expect(output).toMatch(/^\d+$/m);
        return Number(/^\d+$/m.exec(output)?.[0]);
      },
      { timeout: 30_000 },
    );
    expect(exists(pid)).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(exists(pid)).toBe(false), { timeout: 30_000 });
  });
});

describe('a wrong setting', () => {
  test('ends the process with 2, and is named', async () => {
    const app = startApp('main.ts', { PORT: 'eighty' });
    expect(await app.ended).toBe(2);
    expect(app.stderr()).toBe('PORT=eighty: it must be a whole number from 0 to 65535.\n');
  });

  test('ends the process with 2 when a backend has no model', async () => {
    const app = startApp('main.ts', { BACKEND: 'onnx', MODEL_DIR: '' });
    expect(await app.ended).toBe(2);
    expect(app.stderr()).toContain('BACKEND=onnx needs a MODEL_DIR with an .onnx file');
  });
});

describe('what is not there', () => {
  test('ends the process with 1: a model', async () => {
    const app = startApp('main.ts', { MODEL_DIR: '/no/such/folder' });
    expect(await app.ended).toBe(1);
    expect(app.stderr()).toBe('The model folder /no/such/folder cannot be read. Check MODEL_DIR.\n');
  });

  test('ends the process with 1: a free port', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    onTestFinished(() => {
      holder.close();
    });
    const { port } = holder.address() as AddressInfo;
    const app = startApp('main.ts', { PORT: String(port) });
    expect(await app.ended).toBe(1);
    expect(app.stderr()).toContain(`PORT=${port} on HOST=127.0.0.1 cannot be listened on: it is in use`);
  });
});
