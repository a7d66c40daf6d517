import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deploy, remove } from './deploy.ts';
import { GatewayClient } from './gateway-client.ts';
import type { FunctionSpec } from './spec.ts';
import { spec } from './test-fixture/spec.ts';

/** Stands in for the gateway: holds one function, and can take an update without doing it, as OpenFaaS may. */
let held: FunctionSpec | undefined;
let ignores: boolean;
let methods: string[];
let server: Server;
let url: string;

beforeEach(async () => {
  held = undefined;
  ignores = false;
  methods = [];
  server = createServer(async (request, response) => {
    const body = await text(request);
    const { method = '', headers } = request;
    methods.push(method);
    if (headers.authorization !== `Basic ${btoa('admin:right')}`) return response.writeHead(401).end('no');
    if (method !== 'POST' && held === undefined) return response.writeHead(404).end();
    if (method === 'GET') return response.end(JSON.stringify({ ...held, name: held?.service }));
    if (method === 'DELETE') held = undefined;
    else if (!ignores) held = JSON.parse(body);
    return response.writeHead(202).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const { signal } = new AbortController();
const client = (password = 'right') => new GatewayClient({ url, password, signal });
const rollout = (reasons: string[] = [], told: string[] = []) => ({
  signal,
  progress: (line: string) => void told.push(line),
  deployed: async () => held,
  pending: async () => reasons.shift(),
  patienceMs: 300,
  everyMs: 5,
});

test('a function that is not there is deployed, and its replicas are waited for', async () => {
  const told: string[] = [];
  await deploy(client(), spec, rollout(['0 of 1', '0 of 1'], told));
  expect(held).toEqual(spec);
  expect(methods).toContain('POST');
  expect(told).toEqual(['0 of 1']);
});

test('one that is there is updated', async () => {
  held = spec;
  await deploy(client(), { ...spec, image: 'classifier:2' }, rollout());
  expect(held.image).toBe('classifier:2');
  expect(methods).not.toContain('POST');
});

test('an update that is taken but not done is an error that says what stands there', async () => {
  held = spec;
  ignores = true;
  const wanted = { ...spec, image: 'classifier:2' };
  await expect(deploy(client(), wanted, rollout())).rejects.toThrow('another image stands there');
});

test('replicas that do not come are told with the reason', async () => {
  const reasons = Array.from({ length: 1000 }, () => 'ErrImagePull');
  await expect(deploy(client(), spec, rollout(reasons))).rejects.toThrow('not ready after 0.3 s: ErrImagePull');
});

test('a refusal is told, without the password', async () => {
  const failed = deploy(client('wrong-password'), spec, rollout());
  await expect(failed).rejects.toThrow('with 401: no');
  await expect(failed).rejects.not.toThrow('wrong-password');
});

const removal = (reasons: string[], byGateway: () => Promise<boolean>, done: string[] = []) => ({
  ...rollout(reasons),
  byGateway,
  byCluster: async () => void done.push('by the cluster'),
});

test('a removal waits until nothing is left', async () => {
  held = spec;
  const reasons = ['its Deployment is still there', 'its Deployment is still there'];
  const done: string[] = [];
  await remove(
    spec,
    removal(reasons, () => client().remove(spec.service, spec.namespace), done),
  );
  expect([held, reasons, done]).toEqual([undefined, [], []]);
});

test('what the gateway does not know or no gateway can take away is deleted in the cluster', async () => {
  const done: string[] = [];
  await remove(
    spec,
    removal(['its Deployment is still there'], () => client().remove('classifier', 'other'), done),
  );
  expect(done).toEqual(['by the cluster']);
});

test('a function of which nothing is left is removed without asking for it', async () => {
  await remove(
    spec,
    removal([], () => client().remove(spec.service, spec.namespace)),
  );
  expect(methods).toEqual([]);
});
