import { getEventListeners, once } from 'node:events';
import { connect as dial, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from './connect.ts';
import { type Forward, type ForwardTo, forward, nothingToForwardTo } from './forward.ts';
import { PortForwardsDouble } from './test-double/port-forwards.ts';

let cluster: PortForwardsDouble;
let opened: Forward | undefined;
let sockets: Socket[];
beforeEach(async () => {
  cluster = await PortForwardsDouble.start();
  cluster.pods.set('web-0', {});
  cluster.servicePorts = [{ port: 80, targetPort: 8080 }];
  sockets = [];
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await opened?.close();
  opened = undefined;
  await cluster.close();
});

const pod: ForwardTo = { namespace: 'faceoff', pod: 'web-0', port: 8080 };
const service: ForwardTo = { namespace: 'faceoff', service: 'web', port: 80 };

async function open(to: ForwardTo, signal?: AbortSignal): Promise<Forward> {
  opened = await forward(connect({ kubeconfig: cluster.kubeconfig }), to, signal);
  return opened;
}

/** A connection to what is forwarded. */
function call({ url }: Forward): Socket {
  const socket = dial(Number(new URL(url).port), '127.0.0.1').on('error', () => {});
  sockets.push(socket);
  return socket;
}

/** What comes back for a piece. */
async function echo(socket: Socket, piece: string): Promise<string> {
  socket.write(piece);
  const [answer] = await once(socket, 'data');
  return String(answer);
}

/** All that comes back for a piece, until the other side hangs up. */
async function whole(socket: Socket, piece: string): Promise<string> {
  socket.write(piece);
  return text(socket);
}

async function refused(of: Forward): Promise<boolean> {
  const socket = dial(Number(new URL(of.url).port), '127.0.0.1');
  sockets.push(socket);
  return new Promise((resolve) => {
    socket.on('connect', () => resolve(false)).on('error', () => resolve(true));
  });
}

test('bytes go to the port of a pod and back, piece after piece', async () => {
  const socket = call(await open(pod));
  expect(await echo(socket, 'one')).toBe('web-0:8080 ONE');
  expect(await echo(socket, 'two')).toBe('web-0:8080 TWO');
});

test('a connection that the pod ends is ended, after all that it sent', async () => {
  expect(await whole(call(await open(pod)), 'bye')).toBe('web-0:8080 BYE');
});

test('a connection that is ended is ended in the pod', async () => {
  const socket = call(await open(pod));
  await echo(socket, 'one');
  socket.end();
  await expect.poll(() => cluster.open).toBe(0);
});

test('several connections at once do not mix', async () => {
  const way = await open(pod);
  const calls = ['one', 'two', 'three'].map((piece) => ({ socket: call(way), piece }));
  const answers = await Promise.all(calls.map(({ socket, piece }) => echo(socket, piece)));
  expect(answers).toEqual(['web-0:8080 ONE', 'web-0:8080 TWO', 'web-0:8080 THREE']);
  expect(cluster.open).toBe(3);
});

test("a Service's port leads to the port of its pods, by number or by the pod's name for it", async () => {
  expect(await echo(call(await open(service)), 'one')).toBe('web-0:8080 ONE');
  await opened?.close();
  cluster.pods.set('web-0', { ports: { metrics: 9, http: 3000 } });
  cluster.servicePorts = [
    { port: 81, targetPort: 1 },
    { port: 80, targetPort: 'http' },
  ];
  expect(await echo(call(await open(service)), 'one')).toBe('web-0:3000 ONE');
});

test('a port of a Service that says nothing else leads to the same port', async () => {
  cluster.servicePorts = [{ port: 80 }];
  expect(await echo(call(await open(service)), 'one')).toBe('web-0:80 ONE');
});

test('only a pod that is ready is taken, and another one when it is gone', async () => {
  cluster.pods.set('web-0', { ready: false }).set('web-1', {});
  const way = await open(service);
  expect(await echo(call(way), 'one')).toBe('web-1:8080 ONE');
  cluster.pods.delete('web-1');
  cluster.pods.set('web-2', {});
  expect(await echo(call(way), 'one')).toBe('web-2:8080 ONE');
});

test('a Service without a ready pod is an error that says so', async () => {
  cluster.pods.set('web-0', { ready: false });
  await expect(open(service)).rejects.toThrow('no pod behind the Service faceoff/web is ready');
});

test.each<[string, ForwardTo, string]>([
  ['Service', { ...service, service: 'other' }, 'the cluster has no Service faceoff/other'],
  ['pod', { ...pod, pod: 'other' }, 'the cluster has no pod faceoff/other'],
])('a %s that is not there is an error that names it', async (_, to, told) => {
  await expect(open(to)).rejects.toThrow(new RegExp(`^${told}$`));
});

test.each<[string, ForwardTo, boolean]>([
  ['a Service that is not there', { ...service, service: 'other' }, true],
  ['a pod that is not there', { ...pod, pod: 'other' }, true],
  ['a Service without a ready pod', service, true],
  ['a cluster that cannot be asked', pod, false],
])('whether there is nothing to forward to is told apart: %s', async (_, to, nothing) => {
  cluster.pods.set('web-0', { ready: false });
  if (!nothing) await cluster.close();
  const error = await open(to).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(Error);
  expect(nothingToForwardTo(error)).toBe(nothing);
});

test('a connection that the cluster refuses is ended, and the next one is tried again', async () => {
  const way = await open(pod);
  cluster.refusal = 500;
  await once(call(way), 'close');
  cluster.refusal = undefined;
  expect(await echo(call(way), 'one')).toBe('web-0:8080 ONE');
});

test('after a close nothing listens, and no connection is left', async () => {
  const way = await open(pod);
  const socket = call(way);
  await echo(socket, 'one');
  await Promise.all([once(socket, 'close'), way.close()]);
  expect(await refused(way)).toBe(true);
  await expect.poll(() => cluster.open).toBe(0);
});

test('a second close is done when the first is', async () => {
  const way = await open(pod);
  const done: string[] = [];
  await Promise.all(['first', 'second'].map((which) => way.close().then(() => done.push(which))));
  expect(done).toEqual(['first', 'second']);
  await way.close();
});

test('a stop closes it', async () => {
  const controller = new AbortController();
  const way = await open(pod, controller.signal);
  const socket = call(way);
  await echo(socket, 'one');
  controller.abort();
  await once(socket, 'close');
  expect(await refused(way)).toBe(true);
});

test('a close leaves nothing at the signal, which may outlive many forwards', async () => {
  const { signal } = new AbortController();
  const way = await open(pod, signal);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  await way.close();
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a stop before it listens ends it with its reason', async () => {
  const controller = new AbortController();
  controller.abort(new Error('stopped'));
  await expect(open(pod, controller.signal)).rejects.toThrow('stopped');
});

test('so does one while the pod is looked for', async () => {
  const controller = new AbortController();
  cluster.events.once('request', () => controller.abort(new Error('stopped')));
  await expect(open(service, controller.signal)).rejects.toThrow('stopped');
});
