import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { Agent } from 'undici';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Classification, Classifier } from '../classifier/index.ts';
import { readConfig } from '../config.ts';
import { startClassifier } from '../test/classifier.ts';
import { formats, pictureIn, twoColours } from '../test/pictures.ts';
import { post, startService } from '../test/service.ts';
import { createService } from './index.ts';

let classifier: Classifier;
let picture: Buffer;
/** It takes long enough to decode that others have to wait. */
let slow: Buffer;

beforeAll(async () => {
  classifier = await startClassifier({ QUEUE_LIMIT: '2' });
  picture = await pictureIn('jpeg');
  slow = await twoColours('red', 'blue', { width: 3000, height: 3000 }).webp().toBuffer();
});
afterAll(() => classifier.close());

/** Resolves when a picture waits. */
async function waiting(): Promise<void> {
  while (classifier.waiting === 0) {
    await setImmediate();
  }
}

describe('a picture', () => {
  test.each(['/', '/classify'])('is classified at %s', async (path) => {
    const { url } = await startService(classifier);
    const response = await post(`${url}${path}`, picture);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      top: Array.from({ length: 3 }, () => ({
        class: expect.any(Number),
        label: expect.any(String),
        probability: expect.any(Number),
      })),
      milliseconds: { queue: expect.any(Number), decode: expect.any(Number), inference: expect.any(Number) },
      ...classifier.info,
    });
  });

  test('is answered with one line of JSON', async () => {
    const { url } = await startService(classifier);
    expect(await (await post(url, picture)).text()).toMatch(/^\{.*\}\n$/);
  });

  test.each(formats)('may be a %s', async (format) => {
    const { url } = await startService(classifier);
    expect((await post(url, await pictureIn(format))).status).toBe(200);
  });

  test.each(['image/jpeg', 'application/json', 'text/plain', 'application/x-www-form-urlencoded', ';;nonsense'])(
    'may call itself %s',
    async (type) => {
      const { url } = await startService(classifier);
      expect((await post(url, picture, { 'content-type': type })).status).toBe(200);
    },
  );

  test('may come in chunks without a length', async () => {
    const { url } = await startService(classifier);
    const stream = ReadableStream.from([picture.subarray(0, 100), picture.subarray(100)]);
    const response = await fetch(url, { method: 'POST', body: stream, duplex: 'half' });
    expect(response.status).toBe(200);
  });

  test.each([1, 1000])('is given %i classes when that many are asked for', async (k) => {
    const { url } = await startService(classifier);
    const { top } = (await (await post(`${url}/classify?k=${k}`, picture)).json()) as Classification;
    expect(top).toHaveLength(k);
  });

  test('may come with parameters that mean nothing', async () => {
    const { url } = await startService(classifier);
    expect((await post(`${url}/classify?unknown=1`, picture)).status).toBe(200);
  });
});

describe('an answer', () => {
  test('says when weights are synthetic', async () => {
    const synthetic = await startClassifier({ MODEL_DIR: '', BACKEND: 'tfjs-wasm' });
    const { url } = await startService(synthetic);
    expect(await (await post(url, picture)).json()).toMatchObject({
      weights: 'synthetic',
      warning: 'synthetic weights: timings hold, labels do not',
    });
    await synthetic.close();
  });

  test.each(['/', '/_/health', '/metrics', '/nowhere'])('at %s says which replica gives it', async (path) => {
    const { url } = await startService(classifier, { REPLICA_ID: 'seven' });
    const { headers } = await fetch(`${url}${path}`);
    expect(headers.get('x-replica-id')).toBe('seven');
    expect(Number(headers.get('x-replica-started'))).toBe(Math.round(performance.timeOrigin));
    expect(Number(headers.get('x-replica-ready'))).toBeGreaterThan(Number(headers.get('x-replica-started')));
  });

  test('has no moment of readiness before that', async () => {
    const { url } = await startService();
    expect((await fetch(`${url}/_/health`)).headers.has('x-replica-ready')).toBe(false);
  });
});

describe('health', () => {
  test('is 503 while the model loads', async () => {
    const { url } = await startService();
    const response = await fetch(`${url}/_/health`);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await response.json()).toMatchObject({ code: 'LOADING' });
  });

  test('is 200 once it is loaded', async () => {
    const { service, url } = await startService();
    service.serve(classifier);
    const response = await fetch(`${url}/_/health`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'ready', ...classifier.info });
  });

  test('answers before pictures that came earlier', async () => {
    const { url } = await startService(classifier);
    const order: string[] = [];
    const pictures = Array.from({ length: 4 }, () => post(url, slow).then(() => order.push('picture')));
    await waiting();
    await fetch(`${url}/_/health`).then(() => order.push('health'));
    await Promise.all(pictures);
    expect(order.at(-1)).toBe('picture');
  });
});

describe('pictures', () => {
  test('are refused while the model loads', async () => {
    const { url } = await startService();
    expect((await post(url, picture)).status).toBe(503);
  });

  test('are refused over the queue, at once, with a time to come back', async () => {
    const { url } = await startService(classifier);
    const responses = await Promise.all(Array.from({ length: 12 }, () => post(url, picture)));
    const refused = responses.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThan(0);
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(12 - refused.length);
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
    expect(await refused[0]?.json()).toMatchObject({ code: 'OVERLOADED' });
  });

  test('are refused while unfinished ones hold too much memory', async () => {
    const { url } = await startService(classifier, { MAX_BYTES: '1000' });
    const small = await twoColours('red', 'blue', { width: 8, height: 8 }).png().toBuffer();
    const stalled = Array.from({ length: 17 }, () => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n');
      socket.write(Buffer.alloc(940));
      return socket;
    });
    await vi.waitFor(async () => expect((await post(url, small)).status).toBe(503));
    for (const socket of stalled) {
      socket.destroy();
    }
    await vi.waitFor(async () => expect((await post(url, small)).status).toBe(200));
  });

  test('whose client has gone are not worked on', async () => {
    const { url } = await startService(classifier);
    const gone = new AbortController();
    const kept = Array.from({ length: 2 }, () => post(url, slow));
    const lost = fetch(url, { method: 'POST', body: picture, signal: gone.signal }).catch(() => 'gone');
    await waiting();
    gone.abort();
    expect(await lost).toBe('gone');
    expect((await Promise.all(kept)).map(({ status }) => status)).toEqual([200, 200]);
    const metrics = () => fetch(`${url}/metrics`).then((response) => response.text());
    await vi.waitFor(async () => expect(await metrics()).toMatch(/route="\/",status="499"\} 1$/m));
    expect(await metrics()).toContain('classifier_inference_duration_seconds_count 2');
  });
});

describe('metrics', () => {
  test('count requests by route and status', async () => {
    const { url } = await startService(classifier);
    await (await post(`${url}/classify`, picture)).text();
    await (await fetch(`${url}/nowhere`)).text();
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(
      /^http_request_duration_seconds_count\{method="POST",route="\/classify",status="200"\} 1$/m,
    );
    expect(metrics).toMatch(/^http_request_duration_seconds_count\{method="GET",route="unknown",status="404"\} 1$/m);
  });

  test('tell decoding, inference, queue, and model', async () => {
    const { url } = await startService(classifier);
    await (await post(url, picture)).text();
    const metrics = await (await fetch(`${url}/metrics`)).text();
    const { model, backend, weights } = classifier.info;
    expect(metrics).toContain('classifier_decode_duration_seconds_count 1');
    expect(metrics).toContain('classifier_inference_duration_seconds_count 1');
    expect(metrics).toContain('classifier_queue_length 0');
    expect(metrics).toContain(`classifier_model_info{model="${model}",backend="${backend}",weights="${weights}"} 1`);
    expect(metrics).toContain('process_cpu_seconds_total');
  });
});

test('a start may take as long as it takes', () => {
  const { app } = createService(readConfig({}));
  expect(app.initialConfig.pluginTimeout).toBe(0);
});

describe('draining', () => {
  test('answers what comes on an open connection while it begins, and closes that', async () => {
    const { service, url } = await startService(classifier, { DRAIN_SECONDS: '3600' });
    const agent = new Agent({ connections: 1 });
    onTestFinished(() => agent.destroy());
    const ask = () => agent.request({ origin: url, path: '/', method: 'POST', body: slow });
    await (await ask()).body.dump();
    const drained = service.drain();
    const { statusCode, headers } = await ask();
    expect([statusCode, headers['connection']]).toEqual([200, 'close']);
    await drained;
  });

  test('closes a connection that has not sent anything', async () => {
    const { service, url } = await startService(classifier, { DRAIN_SECONDS: '3600' });
    const silent = connect(Number(new URL(url).port), '127.0.0.1');
    const closed = new Promise((resolve) => silent.once('close', resolve));
    await fetch(url).then((response) => response.text());
    await service.drain();
    await closed;
  });

  test('finishes what was accepted, and closes its connections', async () => {
    const { service, url } = await startService(classifier, { DRAIN_SECONDS: '3600' });
    const answers = Array.from({ length: 4 }, () => post(url, slow));
    await waiting();
    await service.drain();
    const responses = await Promise.all(answers);
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(responses[0]?.headers.get('connection')).toBe('close');
  });

  test('does not wait for ever for a client that sends half a picture', async () => {
    const { service, url } = await startService(classifier, { DRAIN_SECONDS: '1' });
    const stalled = connect(Number(new URL(url).port), '127.0.0.1');
    const closed = new Promise((resolve) => stalled.once('close', resolve));
    stalled.on('error', () => {});
    stalled.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nhalf');
    await fetch(url).then((response) => response.text());
    await service.drain();
    await closed;
  });
});
