import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Classifier } from '../classifier/index.ts';
import { startClassifier } from '../test/classifier.ts';
import { pictureIn, twoColours } from '../test/pictures.ts';
import { post, startService } from '../test/service.ts';

let classifier: Classifier;
let picture: Buffer;
/** It takes long enough to decode that the service is full meanwhile. */
let slow: Buffer;

beforeAll(async () => {
  classifier = await startClassifier({ QUEUE_LIMIT: '0' });
  picture = await pictureIn('jpeg');
  slow = await twoColours('red', 'blue', { width: 3000, height: 3000 }).webp().toBuffer();
});
afterAll(() => classifier.close());

/** Acts while the service cannot take a picture. */
async function whileFull<T>(act: (url: string) => Promise<T>): Promise<T> {
  const { url } = await startService(classifier, { REPLICA_ID: 'seven' });
  const busy = Array.from({ length: 2 }, () => post(url, slow));
  while (!classifier.full) {
    await new Promise(setImmediate);
  }
  const result = await act(url);
  expect((await Promise.all(busy)).map(({ status }) => status)).toEqual([200, 200]);
  return result;
}

describe('a service that is full', () => {
  test.each(['/', '/classify', '/classify?k=5', '/?x'])('refuses pictures for %s', async (path) => {
    const answer = await whileFull((url) => post(`${url}${path}`, picture));
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.json()).toEqual({
      code: 'OVERLOADED',
      message: 'Too many pictures are waiting. Try again later.',
    });
  });

  test('says which replica refuses which request', async () => {
    const { headers } = await whileFull((url) => post(url, picture, { 'x-request-id': 'mine' }));
    expect(headers.get('x-replica-id')).toBe('seven');
    expect(headers.get('x-request-id')).toBe('mine');
  });

  test('counts refusals by their route', async () => {
    const metrics = await whileFull(async (url) => {
      await (await post(`${url}/classify?k=5`, picture)).text();
      return (await fetch(`${url}/metrics`)).text();
    });
    expect(metrics).toMatch(
      /^http_request_duration_seconds_count\{method="POST",route="\/classify",status="503"\} 1$/m,
    );
  });

  test('keeps the connection for what comes next', async () => {
    const agent = await whileFull(async (url) => {
      const refusals: number[] = [];
      for (let turn = 0; turn < 3; turn += 1) {
        const { status, headers } = await post(url, Buffer.alloc(300_000));
        refusals.push(status);
        expect(headers.get('connection')).not.toBe('close');
      }
      return refusals;
    });
    expect(agent).toEqual([503, 503, 503]);
  });

  test('still answers for its health', async () => {
    expect((await whileFull((url) => fetch(`${url}/_/health`))).status).toBe(200);
  });

  test('still says what is not there', async () => {
    expect((await whileFull((url) => post(`${url}/nowhere`, picture))).status).toBe(404);
  });
});
