import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { publicUrl } from './tunnels.ts';

/** Stands in for an agent's API: each request takes the next answer, and the last one stays. */
let answers: [status: number, body: string][];
let server: Server;
let api: string;
let paths: (string | undefined)[];

beforeEach(async () => {
  paths = [];
  server = createServer((request, response) => {
    paths.push(request.url);
    const [status, body] = (answers.length > 1 ? answers.shift() : answers[0]) ?? [500, ''];
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const none = '{"tunnels":[]}';
const some = '{"tunnels":[{"public_url":"http://a.ngrok.app"},{"public_url":"https://a.ngrok.app","proto":"https"}]}';
const timing = (patienceMs: number, signal = new AbortController().signal) => ({ signal, patienceMs, everyMs: 5 });

test('the https URL is found', async () => {
  answers = [[200, some]];
  expect(await publicUrl(api, timing(10_000))).toBe('https://a.ngrok.app');
  expect(paths).toEqual(['/api/tunnels']);
});

test('an agent may need a while', async () => {
  answers = [
    [502, ''],
    [200, none],
    [200, 'not json'],
    [200, some],
  ];
  expect(await publicUrl(api, timing(10_000))).toBe('https://a.ngrok.app');
});

test.each<[string, [number, string], string]>([
  ['has no URL', [200, none], 'it has no public URL yet'],
  ['fails', [500, ''], 'its API answered 500'],
  ['says something else', [200, '{"error":"x"}'], 'its API answered something else than tunnels'],
])('an agent that %s in the end is told with what to look at', async (_, answer, told) => {
  answers = [answer];
  await expect(publicUrl(api, timing(2000))).rejects.toThrow(`${told}. Are ngrok:authtoken and the domain right?`);
});

test('a stop ends the waiting', async () => {
  answers = [[200, none]];
  const controller = new AbortController();
  const waiting = publicUrl(api, timing(60_000, controller.signal));
  controller.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
});
