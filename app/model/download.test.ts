import { once } from 'node:events';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { modelDir } from '../test/classifier.ts';
import { folderWith, tinyGraphModel } from '../test/folder.ts';
import { type DownloadOptions, downloadModel } from './download.ts';

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

/** Downloads without showing it. */
function download(options: DownloadOptions, out = new PassThrough()): Promise<string> {
  return downloadModel({ ...options, out: out as unknown as NodeJS.WriteStream });
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

  test.skipIf(process.getuid?.() === 0)('says that the cache cannot be written', async () => {
    const cacheDir = await folderWith();
    await chmod(cacheDir, 0o500);
    await expect(download({ cacheDir, offline: false, hub: 'http://127.0.0.1:9' })).rejects.toThrow('EACCES');
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

function cut(response: Parameters<RequestListener>[1]): void {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('half', () => response.destroy());
}
