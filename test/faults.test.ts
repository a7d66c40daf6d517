import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseTarget, profiles, readPhotos, scenarios } from '../bench/index.ts';
import { measure } from '../cli/measure.ts';
import { startEndpoint } from './double/endpoint.ts';
import { startRawServer } from './double/raw-server.ts';

/** Targets that misbehave, beside one that does not: what becomes of the run, its samples and its report. */
let results: string;
const open: { close(): Promise<void> }[] = [];
beforeEach(async () => {
  results = await mkdtemp(join(tmpdir(), 'faceoff-faults-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
  await rm(results, { recursive: true });
});

const settings = {
  ...profiles.quick,
  // autocannon takes whole seconds.
  timeoutMs: 1000,
  latency: { requests: 10, blocks: 5, warmup: 0 },
  'cold-start': { trials: 1, timeoutMs: 1000 },
};

async function measureBeside(faulty: { url: string; close(): Promise<void> }, scenario = 'latency') {
  const healthy = await startEndpoint();
  open.push(faulty, healthy);
  const measured = await measure(
    {
      name: 'faults',
      results,
      profile: 'quick',
      settings,
      seed: 1,
      targets: [parseTarget(`faulty=${faulty.url}`), parseTarget(`healthy=${healthy.url}`)],
      scenarios: scenarios.filter(({ name }) => name === scenario),
      photos: await readPhotos(),
      signal: new AbortController().signal,
    },
    async (steps) => {
      for (const { run } of steps) await run(() => undefined);
    },
  );
  const [target, other] = measured.summary.targets;
  // The report is there, and the healthy target was measured whole.
  expect(await readFile(measured.page, 'utf8')).toContain(measured.verdict.sentence);
  expect(other?.outcomes).toMatchObject({ attempts: 10, succeeded: 10 });
  return { ...measured, target, said: [measured.verdict.sentence, ...measured.verdict.doubts].join('\n') };
}

const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-type: application/json\r\n\r\n{}';
/** The first four requests, one for each photo, are answered; then comes the fault. */
const afterPhotos = (fault: (socket: Socket) => void) => (socket: Socket, request: number) => {
  if (request < 4) socket.write(answer);
  else fault(socket);
};

test('a target that never answers is not measured, and says so', async () => {
  const { said, status } = await measureBeside(await startRawServer(() => undefined));
  expect(said).toContain('faulty was not measured: timeout');
  expect(status).toBe('complete');
});

test('a target that answers no HTTP is not measured, and says so', async () => {
  const { said } = await measureBeside(await startRawServer((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n')));
  expect(said).toMatch(/faulty was not measured: Response does not match the HTTP/);
});

test('a target that redirects is not measured, and says where to', async () => {
  const elsewhere = await startEndpoint();
  open.push(elsewhere);
  const { said } = await measureBeside(
    await startEndpoint((_, response) => response.writeHead(301, { location: elsewhere.url }).end()),
  );
  expect(said).toContain(`faulty was not measured: it answered 301, a redirection to ${elsewhere.url}`);
  expect(elsewhere.received).toEqual([]);
});

test.each<[string, (socket: Socket) => void]>([
  ['waits for ever', () => undefined],
  ['answers no HTTP', (socket) => socket.write('\x00\xff garbage \r\n\r\n')],
])('requests to a target that %s in mid-run are time-outs', async (_, fault) => {
  const { target, said } = await measureBeside(await startRawServer(afterPhotos(fault)));
  expect(target?.outcomes).toMatchObject({ attempts: 10, timeouts: 10 });
  expect(said).toContain('faulty failed, it did not');
});

test.each<[string, (socket: Socket) => void]>([
  ['resets its connections', (socket) => socket.resetAndDestroy()],
  ['closes them before the answer', (socket) => socket.end()],
  ['closes them within the answer', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9000\r\n\r\n{')],
])('requests to a target that %s in mid-run are connection errors', async (_, fault) => {
  const { target, said } = await measureBeside(await startRawServer(afterPhotos(fault)));
  expect(target?.outcomes).toMatchObject({ attempts: 10, connectionErrors: 10 });
  expect(said).toContain('10 of 10 requests failed');
});

test('answers with another status than 2xx are refusals', async () => {
  let answered = 0;
  const { target, said } = await measureBeside(
    await startEndpoint((_, response) => response.writeHead(answered++ < 8 ? 200 : 503).end('{}')),
  );
  expect(target?.outcomes).toMatchObject({ attempts: 10, succeeded: 4, refused: 6 });
  expect(said).toContain('6 of 10 requests failed');
});

test('a target that dies keeps the samples that it gave', async () => {
  const dying = await startEndpoint((_, response) => {
    response.end('{}');
    if (dying.received.length === 8) void dying.close();
  });
  const { target, said } = await measureBeside({ url: dying.url, close: async () => undefined });
  expect(target?.outcomes).toMatchObject({ attempts: 10, succeeded: 4, connectionErrors: 6 });
  expect(said).toContain('faulty: 6 of 10 requests failed');
});

test('a page in place of a classification is told', async () => {
  const { verdict } = await measureBeside(
    await startEndpoint((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to the hotel network</h1>'),
    ),
  );
  expect(verdict.cautions.join('\n')).toContain('faulty answered the photos with something that is no classification');
});
