import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GatewayClient } from './gateway-client.ts';
import { spec } from './test-fixture/spec.ts';

/** Stands in for the gateway: gives the same answer to everything, or none and hangs up, and keeps what it was asked. */
let answer: [status: number, body: string] | 'hang up' | 'silence';
let asked: { method: string | undefined; url: string | undefined; type: string | undefined; body: string }[];
let server: Server;
let url: string;

beforeEach(async () => {
  answer = [200, ''];
  asked = [];
  server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    asked.push({ method, url, type: headers['content-type'], body: await text(request) });
    if (answer === 'hang up') response.destroy();
    else if (answer !== 'silence') response.writeHead(answer[0]).end(answer[1]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
});

const client = (signal = new AbortController().signal) => new GatewayClient({ url, password: 'hidden', signal });

test.each([
  ['deployed', 'POST'],
  ['updated', 'PUT'],
] as const)('a function is %s by its whole spec as JSON', async (_, method) => {
  await (method === 'POST' ? client().deploy(spec) : client().update(spec));
  expect(asked).toEqual([{ method, url: '/system/functions', type: 'application/json', body: JSON.stringify(spec) }]);
});

test.each([200, 202])('an answer of %d to a deployment or an update is a yes', async (status) => {
  answer = [status, 'Accepted'];
  await client().deploy(spec);
  await client().update(spec);
});

test('a function that is updated and is not there is an error, since nothing would come of it', async () => {
  answer = [404, 'function not found'];
  await expect(client().update(spec)).rejects.toThrow(
    'the gateway answered PUT /system/functions with 404: function not found',
  );
});

test('a function is asked for in its namespace, with names that a path cannot hold written as it can', async () => {
  answer = [404, ''];
  await client().has('a/b', 'c&d');
  expect(asked).toMatchObject([{ method: 'GET', url: '/system/function/a%2Fb?namespace=c%26d', body: '' }]);
});

test('whether there is a function is told', async () => {
  expect(await client().has('classifier', 'openfaas-fn')).toBe(true);
  answer = [404, 'no such function'];
  expect(await client().has('classifier', 'openfaas-fn')).toBe(false);
});

test('whether there was a function to remove is told', async () => {
  answer = [202, ''];
  expect(await client().remove('classifier', 'openfaas-fn')).toBe(true);
  answer = [404, ''];
  expect(await client().remove('classifier', 'openfaas-fn')).toBe(false);
});

test('a removal names the function and its namespace, the latter in the body and the path', async () => {
  answer = [202, ''];
  await client().remove('classifier', 'openfaas-fn');
  const body = '{"functionName":"classifier","namespace":"openfaas-fn"}';
  expect(asked).toMatchObject([{ method: 'DELETE', url: '/system/functions?namespace=openfaas-fn', body }]);
});

test.each([
  ['its reason', '  image not allowed\n', 'with 500: image not allowed'],
  ['the beginning of a long one', 'x'.repeat(9_999), `with 500: ${'x'.repeat(500)}`],
  ['that there is none', '', 'with 500: no reason given'],
])('a refusal tells %s', async (_, body, told) => {
  answer = [500, body];
  await expect(client().deploy(spec)).rejects.toThrow(
    new RegExp(`^the gateway answered POST /system/functions ${told}$`),
  );
});

test('a gateway that hangs up is told with what happened', async () => {
  answer = 'hang up';
  await expect(client().deploy(spec)).rejects.toThrow(
    /^the gateway did not answer POST \/system\/functions: (?!fetch failed).+$/,
  );
});

test('a stop ends the waiting for an answer, with its reason', async () => {
  answer = 'silence';
  const controller = new AbortController();
  const waiting = client(controller.signal).deploy(spec);
  controller.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow(/^stopped$/);
});
