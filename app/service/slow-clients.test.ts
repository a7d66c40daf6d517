import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Classifier } from '../classifier/index.ts';
import { startClassifier } from '../test/classifier.ts';
import { pictureIn } from '../test/pictures.ts';
import { post, startService } from '../test/service.ts';

let classifier: Classifier;
let picture: Buffer;

beforeAll(async () => {
  classifier = await startClassifier();
  picture = await pictureIn('jpeg');
});
afterAll(() => classifier.close());

/** A connection that stays open on this side, whatever the service does. */
function open(url: string): { socket: Socket; heard: () => string; closed: Promise<unknown> } {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
  let heard = '';
  socket.setEncoding('latin1').on('data', (text) => {
    heard += text;
  });
  const closed = Promise.race([once(socket, 'end'), once(socket, 'close')]);
  // What is sent after the service has closed the connection is an error on this side.
  socket.on('error', () => {});
  onTestFinished(() => {
    socket.destroy();
  });
  return { socket, heard: () => heard, closed };
}

/** Sends one byte after the other, until the connection is gone. */
async function trickle(socket: Socket): Promise<void> {
  while (!socket.destroyed && socket.writable) {
    socket.write('x');
    await sleep(50);
  }
}

const quick = { CLIENT_SECONDS: '1' };

describe('a client that is slow', () => {
  test('to send anything is told so', async () => {
    const { url } = await startService(classifier, quick);
    const { heard, closed } = open(url);
    await closed;
    expect(heard()).toMatch(/^HTTP\/1.1 408 /);
  });

  test('to send its headers is told so', async () => {
    const { url } = await startService(classifier, quick);
    const { socket, heard, closed } = open(url);
    socket.write('POST / HTTP/1.1\r\nhost: x\r\nx: ');
    trickle(socket);
    await closed;
    expect(heard()).toMatch(/^HTTP\/1.1 408 /);
  });

  test('to send its picture is told so', async () => {
    const { url } = await startService(classifier, quick);
    const { socket, heard, closed } = open(url);
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n');
    trickle(socket);
    await closed;
    expect(heard()).toMatch(/^HTTP\/1.1 408 /);
  });

  test('keeps nobody else waiting meanwhile', async () => {
    const { url } = await startService(classifier);
    const slow = Array.from({ length: 100 }, () => open(url).socket);
    for (const socket of slow) {
      socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nhalf');
    }
    expect((await post(url, picture)).status).toBe(200);
    expect(classifier.waiting).toBe(0);
  });

  test('to read its answers is cut off', async () => {
    const { service, url } = await startService(classifier, quick);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => {});
    onTestFinished(() => {
      socket.destroy();
    });
    await once(socket, 'connect');
    socket.pause();
    // More answers than the buffers between them hold.
    const flood = setInterval(() => socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(1000)), 5);
    onTestFinished(() => clearInterval(flood));
    const connections = () => new Promise((resolve) => service.app.server.getConnections((_, count) => resolve(count)));
    await vi.waitFor(async () => expect(await connections()).toBe(1));
    await vi.waitFor(async () => expect(await connections()).toBe(0), { timeout: 30_000 });
  });

  test('to go away after an answer that ends its connection is cut off', async () => {
    const { service, url } = await startService(classifier);
    const { socket, heard, closed } = open(url);
    socket.write('nonsense\r\n\r\n');
    await closed;
    expect(heard()).toMatch(/^HTTP\/1.1 400 /);
    const connections = () => new Promise((resolve) => service.app.server.getConnections((_, count) => resolve(count)));
    await vi.waitFor(async () => expect(await connections()).toBe(0), { timeout: 10_000 });
  });
});

describe('connections', () => {
  test('beyond the limit are closed', async () => {
    const { url } = await startService(classifier, { MAX_CONNECTIONS: '2' });
    const kept = [open(url), open(url)];
    await Promise.all(kept.map(({ socket }) => once(socket, 'connect')));
    const { heard, closed } = open(url);
    await closed;
    expect(heard()).toBe('');
  });

  test('that wait for a next request make room for others', async () => {
    const { url } = await startService(classifier, { MAX_CONNECTIONS: '1' });
    const { socket, heard, closed } = open(url);
    socket.write('GET /_/health HTTP/1.1\r\nhost: x\r\n\r\n');
    await vi.waitFor(() => expect(heard()).toMatch(/ready/));
    await vi.waitFor(async () => expect((await post(url, picture)).status).toBe(200));
    await closed;
  });
});
