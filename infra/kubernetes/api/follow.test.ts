import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CoreV1Api, type V1Pod } from '@kubernetes/client-node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from './connect.ts';
import { type Followed, follow } from './follow.ts';
import { kubeconfigOf } from './test-double/cluster.ts';

const path = '/api/v1/namespaces/faceoff/pods';

/** Stands in for the Kubernetes API: these pods for every list, and watches that stay open. */
let names: string[];
let listStatus: number;
let lists: number;
let watches: ServerResponse[];
let server: Server;
let followed: Followed<V1Pod> | undefined;

beforeEach(async () => {
  names = ['one'];
  listStatus = 200;
  lists = 0;
  watches = [];
  followed = undefined;
  server = createServer((request, response) => {
    const isWatch = new URL(request.url ?? '/', 'http://localhost').searchParams.get('watch') === 'true';
    response.writeHead(isWatch ? 200 : listStatus, { 'content-type': 'application/json' });
    if (isWatch) {
      watches.push(response);
      response.flushHeaders();
      return;
    }
    lists += 1;
    const items = names.map((name) => ({ metadata: { name, namespace: 'faceoff' } }));
    response.end(JSON.stringify({ kind: 'PodList', metadata: { resourceVersion: String(lists) }, items }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(async () => {
  await followed?.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function start(onChange: () => void = () => undefined) {
  const kubeconfig = kubeconfigOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const cluster = connect({ kubeconfig });
  const read = () => cluster.makeApiClient(CoreV1Api).listNamespacedPod({ namespace: 'faceoff' });
  followed = await follow<V1Pod>(cluster, { path, read, onChange });
  return followed;
}

const found = () => followed?.list().map(({ metadata }) => metadata?.name);

test('it begins with what the cluster lists', async () => {
  await start();
  expect(found()).toEqual(['one']);
});

test.each([403, 500])('a first list that is answered %i is an error, not an empty list', async (status) => {
  listStatus = status;
  await expect(start()).rejects.toThrow(`${path} cannot be followed: the cluster answered ${status}`);
});

test('a change that the cluster tells is in the list', async () => {
  const changed = new Promise<void>((resolve) => {
    void start(() => {
      if (found()?.includes('two')) resolve();
    });
  });
  await expect.poll(() => watches.length).toBe(1);
  const object = { metadata: { name: 'two', namespace: 'faceoff', resourceVersion: '9' } };
  watches[0]?.write(`${JSON.stringify({ type: 'ADDED', object })}\n`);
  await changed;
});

test('a watch that breaks is begun again where it ended', async () => {
  await start();
  await expect.poll(() => watches.length).toBe(1);
  watches[0]?.destroy(new Error('broken'));
  await expect.poll(() => watches.length, { timeout: 20_000 }).toBe(2);
  const object = { metadata: { name: 'two', namespace: 'faceoff', resourceVersion: '9' } };
  watches[1]?.write(`${JSON.stringify({ type: 'ADDED', object })}\n`);
  await expect.poll(found).toEqual(['one', 'two']);
});

test('a watch that is too old is begun again from a new list', async () => {
  await start();
  await expect.poll(() => watches.length).toBe(1);
  names = ['new'];
  watches[0]?.end(`${JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410 } })}\n`);
  await expect.poll(found, { timeout: 20_000 }).toEqual(['new']);
});
