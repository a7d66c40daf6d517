import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { modelDir } from '../test/classifier.ts';
import { folderWith, tinyGraphModel } from '../test/folder.ts';
import { type DownloadOptions, downloadModel } from './download.ts';
import { readGraphModel } from './graph-model.ts';

const path = '/google/imagenet/mobilenet_v2_100_224/classification/2';

/** A TF Hub of one's own: it has a model's files, or answers as `listener` does. */
async function startHub(files: Record<string, string | Uint8Array>, listener?: RequestListener) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const content = files[(request.url ?? '').replace(`${path}/`, '').replace('?tfjs-format=file', '')];
    if (listener) {
      listener(request, response);
    } else if (content === undefined) {
      response.writeHead(404).end();
    } else {
      response.end(content);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { hub: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const proxyVariables = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];

beforeEach(() => {
  for (const name of proxyVariables) {
    vi.stubEnv(name, undefined);
  }
  return () => vi.unstubAllEnvs();
});

/** Downloads without showing it. */
function download(options: DownloadOptions, out = new PassThrough()): Promise<string> {
  return downloadModel({ ...options, out: out as unknown as NodeJS.WriteStream });
}

/** Reads a model at once, as a start does. */
async function readWhole(folder: string): Promise<string> {
  return readGraphModel(join(folder, 'model.json')).then(
    () => 'whole',
    (error: Error) => error.message,
  );
}

describe('downloadModel', () => {
  test('asks for the files as TF Hub wants it', async () => {
    const { hub, asked } = await startHub(tinyGraphModel());
    await download({ cacheDir: await folderWith(), offline: false, hub });
    const files = ['model.json', 'group1-shard1of2', 'group1-shard2of2'];
    expect(asked).toEqual(files.map((file) => `${path}/${file}?tfjs-format=file`));
  });

  test('keeps the files as they are', async () => {
    const { hub } = await startHub(tinyGraphModel());
    const folder = await download({ cacheDir: await folderWith(), offline: false, hub });
    expect(new Uint8Array(await readFile(join(folder, 'group1-shard2of2')))).toEqual(
      tinyGraphModel()['group1-shard2of2'],
    );
  });

  test('leaves only the model in the cache', async () => {
    const { hub } = await startHub(tinyGraphModel());
    const cacheDir = await folderWith();
    await download({ cacheDir, offline: false, hub });
    expect(await readdir(cacheDir)).toHaveLength(1);
  });

  test('shows how far it is', async () => {
    const { hub } = await startHub(tinyGraphModel());
    const out = new PassThrough({ encoding: 'utf8' });
    await download({ cacheDir: await folderWith(), offline: false, hub }, out);
    expect(out.read()).toMatch(/^Downloading MobileNetV2: /);
  });

  test('downloads once', async () => {
    const { hub, asked } = await startHub(tinyGraphModel());
    const cacheDir = await folderWith();
    const first = await download({ cacheDir, offline: false, hub });
    const count = asked.length;
    expect(await download({ cacheDir, offline: true, hub })).toBe(first);
    expect(asked).toHaveLength(count);
  });

  test('gives all that start together the same whole model', async () => {
    const { hub } = await startHub(tinyGraphModel());
    const cacheDir = await folderWith();
    const starters = Array.from({ length: 8 }, () => download({ cacheDir, offline: false, hub }));
    expect(new Set(await Promise.all(starters)).size).toBe(1);
    expect(await readdir(cacheDir)).toHaveLength(1);
  });

  test('replaces a model in the cache that is broken', async () => {
    const { hub } = await startHub(tinyGraphModel());
    const cacheDir = await folderWith();
    const folder = await download({ cacheDir, offline: false, hub });
    await writeFile(join(folder, 'group1-shard1of2'), 'cut');
    await download({ cacheDir, offline: false, hub });
    expect(await readFile(join(folder, 'group1-shard1of2'))).toHaveLength(7);
  });

  test('gives all that find it broken together the same whole model', async () => {
    const { hub } = await startHub(tinyGraphModel());
    for (let round = 0; round < 30; round += 1) {
      const cacheDir = await folderWith();
      const folder = await download({ cacheDir, offline: false, hub });
      await writeFile(join(folder, 'model.json'), '{');
      const starts = Array.from({ length: 6 }, () => download({ cacheDir, offline: false, hub }).then(readWhole));
      expect(new Set(await Promise.all(starts))).toEqual(new Set(['whole']));
      expect(await readdir(cacheDir)).toHaveLength(1);
    }
  });

  test('does not take a broken model from the cache when offline', async () => {
    const { hub } = await startHub(tinyGraphModel());
    const cacheDir = await folderWith();
    const folder = await download({ cacheDir, offline: false, hub });
    await writeFile(join(folder, 'group1-shard1of2'), 'cut');
    await expect(download({ cacheDir, offline: true, hub })).rejects.toThrow('OFFLINE is set');
  });

  const shard = 'group1-shard1of2';
  const failures: [string, Record<string, string | Uint8Array>, RequestListener | undefined, RegExp][] = [
    ['a hub without the model', {}, undefined, /model.json answers 404 Not Found/],
    ['a page instead of the model', { 'model.json': '<html>Log in</html>' }, undefined, /is not JSON/],
    ['weights that are too short', { ...tinyGraphModel(), [shard]: 'no' }, undefined, /have 7 bytes; 12 are wanted/],
    [
      'weights that never end',
      { ...tinyGraphModel(), [shard]: 'x'.repeat(99) },
      undefined,
      /more bytes than it should/,
    ],
    ['a weight file that is missing', { 'model.json': tinyGraphModel()['model.json'] ?? '' }, undefined, /answers 404/],
    ['a connection that is cut', {}, (_, response) => cut(response), /cannot be downloaded from .*terminated/],
  ];
  test.each(failures)('fails for %s, and leaves nothing', async (_, files, listener, message) => {
    const { hub } = await startHub(files, listener);
    const cacheDir = await folderWith();
    await expect(download({ cacheDir, offline: false, hub })).rejects.toThrow(message);
    expect(await readdir(cacheDir)).toEqual([]);
  });

  test('says why a hub cannot be reached', async () => {
    const nobody = 'http://127.0.0.1:9';
    await expect(download({ cacheDir: await folderWith(), offline: false, hub: nobody })).rejects.toThrow(
      /cannot be downloaded from http:\/\/127.0.0.1:9/,
    );
  });

  test('says that a host is not there', async () => {
    const hub = 'http://no-such-host.invalid';
    await expect(download({ cacheDir: await folderWith(), offline: false, hub })).rejects.toThrow(/fetch failed: .+/);
  });

  test('says that the cache cannot be written, and what to change', async () => {
    const cacheDir = await folderWith();
    await chmod(cacheDir, 0o500);
    await withoutRoot(() =>
      expect(download({ cacheDir, offline: false, hub: 'http://127.0.0.1:9' })).rejects.toThrow(
        /cannot be kept: EACCES.*Set MODEL_CACHE_DIR/,
      ),
    );
  });

  test('says that the cache cannot be a folder', async () => {
    const cacheDir = join(await folderWith({ file: '' }), 'file');
    await expect(download({ cacheDir, offline: false, hub: 'http://127.0.0.1:9' })).rejects.toThrow(
      /cannot be kept: EEXIST.*Set MODEL_CACHE_DIR/,
    );
  });

  test('takes a model from a cache that cannot be written', async () => {
    const { hub } = await startHub(tinyGraphModel());
    const cacheDir = await folderWith();
    await chmod(cacheDir, 0o755);
    const folder = await download({ cacheDir, offline: false, hub });
    await chmod(folder, 0o555);
    await chmod(cacheDir, 0o555);
    await withoutRoot(async () => expect(await download({ cacheDir, offline: false, hub })).toBe(folder));
    await chmod(cacheDir, 0o755);
  });

  test('says that the disk is full, and leaves nothing', async ({ skip }) => {
    const cacheDir = await folderWith();
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', cacheDir]);
    skip(status !== 0, 'a small disk needs a right to mount');
    onTestFinished(() => {
      spawnSync('umount', [cacheDir]);
    });
    const { hub } = await startHub(tinyGraphModel());
    await expect(download({ cacheDir, offline: false, hub })).rejects.toThrow(/ENOSPC.*a folder .* has room/);
    expect(await readdir(cacheDir)).toEqual([]);
  });

  test('that is killed leaves nothing that is taken for a model', async () => {
    const { hub } = await startHub(tinyGraphModel(), (request, response) => {
      const shard = request.url?.includes('shard1of2');
      // The second file never ends.
      if (shard) response.writeHead(200, { 'content-length': '7' }).write('half');
      else response.end(tinyGraphModel()['model.json']);
    });
    const cacheDir = await folderWith();
    const loader = import.meta.resolve('tsx');
    const program = `import { downloadModel } from ${JSON.stringify(new URL('./download.ts', import.meta.url).href)};
      await downloadModel(${JSON.stringify({ cacheDir, offline: false, hub })});`;
    const child = spawn(process.execPath, ['--import', loader, '--input-type=module', '-e', program]);
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    await vi.waitFor(
      async () => {
        const [folder = ''] = await readdir(cacheDir);
        expect(await readdir(join(cacheDir, folder))).toEqual(['model.json']);
      },
      { timeout: 30_000 },
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    await expect(download({ cacheDir, offline: true, hub })).rejects.toThrow('has no downloaded model');
    const whole = await startHub(tinyGraphModel());
    const folder = await download({ cacheDir, offline: false, hub: whole.hub });
    expect((await readdir(folder)).toSorted()).toEqual(Object.keys(tinyGraphModel()).toSorted());
  });

  test('takes away what a start left that was killed long ago, and nothing younger', async () => {
    const { hub } = await startHub(tinyGraphModel());
    const cacheDir = await folderWith({ '.download-young/model.json': '' });
    await mkdir(join(cacheDir, '.download-old'));
    await utimes(join(cacheDir, '.download-old'), 0, 0);
    await download({ cacheDir, offline: false, hub });
    expect((await readdir(cacheDir)).filter((name) => name.startsWith('.'))).toEqual(['.download-young']);
  });

  test.skipIf(modelDir === undefined)('downloads the real model (set MODEL_DIR)', async () => {
    const source = join(modelDir ?? '', 'tfjs');
    const names = await readdir(source);
    const files = Object.fromEntries(await Promise.all(names.map(async (n) => [n, await readFile(join(source, n))])));
    const { hub } = await startHub(files);
    const folder = await download({ cacheDir: await folderWith(), offline: false, hub });
    expect((await readdir(folder)).toSorted()).toEqual(names.toSorted());
  });
});

describe('behind a proxy, the download', () => {
  /** A proxy that leads every host to one place. */
  async function startProxy(hub: string) {
    const asked: string[] = [];
    const server = createServer().on('connect', (request, client: Socket) => {
      asked.push(request.url ?? '');
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      const host = connect(Number(new URL(hub).port), '127.0.0.1');
      client.pipe(host).pipe(client);
      for (const socket of [client, host]) socket.on('error', () => client.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.close();
    });
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
  }

  test.each(['HTTP_PROXY', 'http_proxy'])('goes where %s says', async (variable) => {
    const { hub } = await startHub(tinyGraphModel());
    const proxy = await startProxy(hub);
    vi.stubEnv(variable, proxy.url);
    await download({ cacheDir: await folderWith(), offline: false, hub: 'http://hub.invalid' });
    expect(new Set(proxy.asked)).toEqual(new Set(['hub.invalid:80']));
  });

  test('asks HTTPS_PROXY for what is https', async () => {
    const proxy = await startProxy('http://127.0.0.1:9');
    vi.stubEnv('HTTPS_PROXY', proxy.url);
    await expect(
      download({ cacheDir: await folderWith(), offline: false, hub: 'https://hub.invalid' }),
    ).rejects.toThrow('cannot be downloaded from https://hub.invalid');
    expect(proxy.asked).toEqual(['hub.invalid:443']);
  });

  test('goes straight to what NO_PROXY names', async () => {
    const { hub } = await startHub(tinyGraphModel());
    const proxy = await startProxy(hub);
    vi.stubEnv('HTTP_PROXY', proxy.url);
    vi.stubEnv('NO_PROXY', '127.0.0.1');
    await download({ cacheDir: await folderWith(), offline: false, hub });
    expect(proxy.asked).toEqual([]);
  });

  test('says that the proxy is no URL, without its password', async () => {
    vi.stubEnv('HTTP_PROXY', 'user:opensesame@');
    const failed = download({ cacheDir: await folderWith(), offline: false, hub: 'http://hub.invalid' });
    await expect(failed).rejects.toThrow('HTTP_PROXY or HTTPS_PROXY is no URL: set it as http://host:port');
    await expect(failed).rejects.not.toThrow('opensesame');
  });
});

/** Does something as a user whom file modes bind, where this one is root. */
async function withoutRoot(work: () => Promise<unknown>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) {
    process.seteuid?.(65_534);
  }
  try {
    await work();
  } finally {
    if (isRoot) {
      process.seteuid?.(0);
    }
  }
}

function cut(response: Parameters<RequestListener>[1]): void {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('half', () => response.destroy());
}
