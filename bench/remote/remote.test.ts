import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeManifest, makeSample } from '../../test/double/run.ts';
import { RunFolder, readRun } from '../record/index.ts';
import { mirrorRun } from './mirror.ts';
import { ServedRun } from './serve.ts';

let there: string;
let here: string;
let served: ServedRun;
let port: number;
beforeEach(async () => {
  there = await mkdtemp(join(tmpdir(), 'faceoff-there-'));
  here = await mkdtemp(join(tmpdir(), 'faceoff-here-'));
  served = await ServedRun.start({ port: 0, patienceMs: 60_000 });
  port = served.port;
});
afterEach(async () => {
  await fetch(`http://127.0.0.1:${port}/collected`, { method: 'POST' }).catch(() => undefined);
  await served.end();
  await Promise.all([there, here].map((folder) => rm(folder, { recursive: true })));
});

const mirror = (changes: Partial<Parameters<typeof mirrorRun>[0]> = {}) =>
  mirrorRun({
    url: `http://127.0.0.1:${port}/`,
    results: here,
    signal: new AbortController().signal,
    progress: () => undefined,
    everyMs: 5,
    patienceMs: 5000,
    ...changes,
  });

async function begin(): Promise<RunFolder> {
  const folder = await RunFolder.create(there, makeManifest({ status: 'running' }));
  served.folder = folder.path;
  return folder;
}

async function finish(folder: RunFolder, status: 'complete' | 'stopped' = 'complete'): Promise<void> {
  await folder.close();
  await folder.write(makeManifest({ status }));
  await served.end();
}

test('a run of many megabytes arrives whole and in order', async () => {
  const mirrored = mirror();
  const folder = await begin();
  const photo = 'ü'.repeat(200);
  for (let block = 0; block < 20_000; block += 1) folder.sample(makeSample({ block, photo }));
  folder.event({ kind: 'note', time: 1, scenario: 'run', target: 'server', text: 'said' });
  await finish(folder);
  const { folder: path = '', status, error } = await mirrored;
  expect({ status, error }).toEqual({ status: 'complete', error: undefined });
  const original = await readFile(join(there, 'latest', 'samples.jsonl'), 'utf8');
  expect(original.length).toBeGreaterThan(6e6);
  expect((await readFile(join(path, 'samples.jsonl'), 'utf8')) === original).toBe(true);
  expect((await readRun(path)).events).toHaveLength(1);
});

test('lines come while the run goes on, and so does its progress', async () => {
  const lines: string[] = [];
  const mirrored = mirror({ progress: (line) => lines.push(line) });
  served.progress('block 1 of 2');
  const folder = await begin();
  folder.sample(makeSample());
  await expect.poll(() => readFile(join(here, 'latest', 'samples.jsonl'), 'utf8')).toContain('"latency"');
  served.progress('block 2 of 2');
  await finish(folder);
  await mirrored;
  expect(lines).toEqual(['block 1 of 2', 'block 2 of 2']);
});

test('connections that break again and again lose and double nothing', async () => {
  const proxy = await startProxy((count) => count % 2 === 0);
  const mirrored = mirror({ url: proxy.url });
  const folder = await begin();
  for (let block = 0; block < 50; block += 1) folder.sample(makeSample({ block }));
  await finish(folder);
  const { folder: path = '' } = await mirrored;
  proxy.close();
  expect((await readRun(path)).samples.map(({ block }) => block)).toEqual(Array.from({ length: 50 }, (_, i) => i));
});

test('a stop reaches the run, and what it has is kept', async () => {
  const stop = new AbortController();
  const mirrored = mirror({ signal: stop.signal });
  const folder = await begin();
  folder.sample(makeSample());
  stop.abort();
  await once(served.signal, 'abort');
  folder.sample(makeSample());
  await finish(folder, 'stopped');
  const { folder: path = '', status } = await mirrored;
  expect(status).toBe('stopped');
  expect((await readRun(path)).samples).toHaveLength(2);
});

test('a run that is lost has failed, and keeps what came', async () => {
  const proxy = await startProxy(() => false);
  const folder = await begin();
  folder.sample(makeSample());
  const mirrored = mirror({ url: proxy.url, patienceMs: 200 });
  await expect.poll(() => readFile(join(here, 'latest', 'samples.jsonl'), 'utf8').catch(() => '')).not.toBe('');
  proxy.close();
  const { folder: path = '', status, error } = await mirrored;
  await folder.close();
  expect(status).toBe('failed');
  expect(error).toContain('could not be reached any more');
  expect(await readRun(path)).toMatchObject({ manifest: { status: 'failed' }, samples: [{ block: 0 }] });
});

test('a run that fails before it has a folder says why', async () => {
  const mirrored = mirror();
  await served.end('no such target');
  expect(await mirrored).toEqual({ status: 'failed', error: 'no such target' });
});

test('a run that nobody asks about stops by itself', async () => {
  const alone = await ServedRun.start({ port: 0, patienceMs: 40 });
  await once(alone.signal, 'abort');
  await alone.end();
});

test('a question without a cursor is refused', async () => {
  expect((await fetch(`http://127.0.0.1:${port}/news`)).status).toBe(500);
});

/** In front of the served run: cuts the connections it is told to within their answer, and all of them at its end. */
async function startProxy(isCut: (count: number) => boolean): Promise<{ url: string; close(): void }> {
  const sockets = new Set<Socket>();
  let count = 0;
  const proxy = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    const cut = isCut(count++);
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => undefined));
    client.pipe(upstream);
    upstream.on('data', (bytes: Buffer) => (cut ? client.end(bytes.subarray(0, 100)) : client.write(bytes)));
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/`,
    close: () => {
      proxy.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
