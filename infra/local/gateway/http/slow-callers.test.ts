import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../test-double/index.ts';
import { TestGateway } from '../test-gateway.ts';

let gateway: TestGateway;
const sockets: Socket[] = [];
beforeEach(async () => {
  gateway = await TestGateway.start({ clients: { seconds: 1, requestSeconds: 2, maxConnections: 8 } });
  await gateway.deploy();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await gateway.close();
});

/** A caller who says what is given, and then one byte after the other. */
function slowCaller(bytes: string): { heard: () => string; closed: Promise<unknown> } {
  const socket = open();
  let heard = '';
  socket.setEncoding('latin1').on('data', (text) => {
    heard += text;
  });
  const closed = once(socket, 'close');
  socket.write(bytes);
  void (async () => {
    while (!socket.destroyed) {
      socket.write('x');
      await sleep(50);
    }
  })();
  return { heard: () => heard, closed };
}

function open(): Socket {
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  // What is sent after the gateway has closed the connection is an error on this side.
  socket.on('error', () => undefined);
  sockets.push(socket);
  return socket;
}

/** What the replica has counted. */
async function calls(): Promise<{ flooded: number }> {
  return (await (await gateway.call('/calls')).body.json()) as { flooded: number };
}

test('a caller who is slow with the headers is told so', async () => {
  const { heard, closed } = slowCaller('GET /function/f HTTP/1.1\r\nHost: x\r\nX-Own: ');
  await closed;
  expect(heard()).toMatch(/^HTTP\/1.1 408 /);
});

test('a caller who is slow with the body is cut off, and lets go of the replica', async () => {
  const { closed } = slowCaller('POST /function/f/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n');
  const { replicas } = gateway.functions.get('f');
  await until(() => replicas.busy);
  await closed;
  await until(() => !replicas.busy);
});

test('a caller who does not read the answer is cut off', async () => {
  const socket = open();
  socket.pause();
  const bytes = 100_000_000;
  socket.write(`GET /function/f/flood?bytes=${bytes} HTTP/1.1\r\nHost: x\r\n\r\n`);
  const closed = once(socket, 'close');
  // The replica has stopped pouring long before it has poured all.
  await sleep(3000);
  const { flooded } = await calls();
  socket.resume();
  await closed;
  expect(flooded).toBeLessThan(bytes);
  expect((await calls()).flooded).toBe(flooded);
});

test('callers beyond the limit of connections are turned away', async () => {
  const callers = Array.from({ length: 20 }, open);
  await until(() => callers.filter(({ destroyed }) => destroyed).length >= 12);
  expect(callers.filter(({ destroyed }) => !destroyed).length).toBeGreaterThan(0);
});
