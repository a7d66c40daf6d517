import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
  objective: { ...profiles.quick.objective, latencyMs: 500 },
  latency: { requests: 10, blocks: 5, warmup: 0 },
  // Longer than the time-out, so that what is never answered times out within a block.
  throughput: { connections: 2, seconds: 3, blocks: 2, warmupSeconds: 0 },
  capacity: { requests: 10, longest: 1, resolution: 1, confirmations: 1, probes: 3, maxRate: 40, warmup: 2 },
  'cold-start': { trials: 1, timeoutMs: 1000 },
  burst: { rate: 10, factor: 3, seconds: 1, idleSeconds: 0, windowSeconds: 0.2, trials: 1 },
};

type Chosen = 'latency' | 'throughput' | 'capacity' | 'burst';

async function measureBeside(faulty: { url: string; close(): Promise<void> }, scenario: Chosen = 'latency') {
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
  expect(other?.outcomes.succeeded).toBeGreaterThanOrEqual(10);
  expect(other?.outcomes.succeeded).toBe(other?.outcomes.attempts);
  return { ...measured, target, said: [measured.verdict.sentence, ...measured.verdict.doubts].join('\n') };
}

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

const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-type: application/json\r\n\r\n{}';
const redirection = 'HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n';
/** So many requests are answered, the first four of them one for each photo; then comes the fault. */
const sound = 10;

interface Fault {
  does(socket: Socket, server: { close(): Promise<void> }): unknown;
  /** What its requests are counted as. */
  as: 'timeouts' | 'connectionErrors' | 'malformed' | 'refused';
  told: string;
}

const faults: Record<string, Fault> = {
  dies: { does: (_, server) => void server.close(), as: 'connectionErrors', told: 'without a connection' },
  'never answers again': { does: () => undefined, as: 'timeouts', told: 'timed out' },
  'answers garbage': {
    does: (socket) => socket.write('\x00\xff garbage \r\n\r\n'),
    as: 'malformed',
    told: 'answered with what is no HTTP',
  },
  'resets its connections': {
    does: (socket) => socket.resetAndDestroy(),
    as: 'connectionErrors',
    told: 'without a connection',
  },
  'closes them within the answer': {
    does: (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9000\r\n\r\n{'),
    as: 'connectionErrors',
    told: 'without a connection',
  },
  redirects: {
    does: (socket) => setTimeout(() => socket.write(redirection), 5),
    as: 'refused',
    told: 'refused',
  },
};

describe.each(Object.entries(faults))('a target that %s in mid-run', (_, { does, as, told }) => {
  test.each(['latency', 'throughput', 'capacity', 'burst'] as const)(
    'in %s: what was answered is kept, and the rest told as what it was',
    async (scenario) => {
      const server = await startRawServer((socket, request) => {
        if (request < sound) socket.write(answer);
        else does(socket, server);
      });
      const { target, said } = await measureBeside(server, scenario);
      const { attempts = 0, succeeded = 0, [as]: failed } = target?.outcomes ?? {};
      expect(succeeded).toBeGreaterThan(0);
      expect(failed).toBeGreaterThan(0);
      expect(failed).toBe(attempts - succeeded);
      expect(said).toContain(told);
    },
  );
});

test('answers with another status than 2xx are refusals', async () => {
  let answered = 0;
  const { target, said } = await measureBeside(
    await startEndpoint((_, response) => response.writeHead(answered++ < 8 ? 200 : 503).end('{}')),
  );
  expect(target?.outcomes).toMatchObject({ attempts: 10, succeeded: 4, refused: 6 });
  expect(said).toContain('6 of 10 requests failed');
});

test('a page in place of a classification is told', async () => {
  const { verdict } = await measureBeside(
    await startEndpoint((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to the hotel network</h1>'),
    ),
  );
  expect(verdict.cautions.join('\n')).toContain('faulty answered the photos with something that is no classification');
});
