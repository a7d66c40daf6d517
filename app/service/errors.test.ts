import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Classifier } from '../classifier/index.ts';
import { startClassifier } from '../test/classifier.ts';
import { formats, pictureIn, twoColours } from '../test/pictures.ts';
import { post, startService } from '../test/service.ts';

let classifier: Classifier;
let picture: Buffer;

beforeAll(async () => {
  classifier = await startClassifier({ MAX_PIXELS: '100000' });
  picture = await pictureIn('jpeg');
});
afterAll(() => classifier.close());

/** Status and code of an answer that must be one line of JSON with a code and a message. */
async function failure(response: Response): Promise<[number, string]> {
  const body = await response.text();
  expect(body).toMatch(/^\{"code":"[A-Z_]+","message":"[^\n]+"\}\n$/);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  return [response.status, JSON.parse(body).code];
}

describe('what cannot be classified', () => {
  test('is 400 when it is empty', async () => {
    const { url } = await startService(classifier);
    expect(await failure(await post(url, ''))).toEqual([400, 'EMPTY_BODY']);
  });

  test.each(['image/jpeg', 'text/plain'])('is 415 when it is no picture, called %s', async (type) => {
    const { url } = await startService(classifier);
    const answer = await post(url, 'no picture at all', { 'content-type': type });
    expect(await failure(answer)).toEqual([415, 'NOT_A_PICTURE']);
  });

  test.each(formats)('is 400 when it is a %s cut in half', async (format) => {
    const { url } = await startService(classifier);
    const whole = await pictureIn(format);
    expect(await failure(await post(url, whole.subarray(0, whole.length / 2)))).toEqual([400, 'BROKEN_PICTURE']);
  });

  test('is 413 when it has too many pixels', async () => {
    const { url } = await startService(classifier);
    const wide = await twoColours('red', 'blue', { width: 1000, height: 102 }).png().toBuffer();
    expect(await failure(await post(url, wide))).toEqual([413, 'TOO_MANY_PIXELS']);
  });

  test.each(['0', '1001', '-1', '1.5', 'three', '', '1e1', '3&k=4'])('is 400 with k=%s', async (k) => {
    const { url } = await startService(classifier);
    expect(await failure(await post(`${url}/classify?k=${k}`, picture))).toEqual([400, 'BAD_K']);
  });
});

describe('a picture that is too large', () => {
  test('is 413 when its length says so', async () => {
    const { url } = await startService(classifier, { MAX_BYTES: String(picture.length - 1) });
    expect(await failure(await post(url, picture))).toEqual([413, 'TOO_LARGE']);
  });

  test('is 413 when it comes in chunks', async () => {
    const { url } = await startService(classifier, { MAX_BYTES: '1000' });
    const body = ReadableStream.from(Array.from({ length: 100 }, () => Buffer.alloc(100)));
    expect(await failure(await fetch(url, { method: 'POST', body, duplex: 'half' }))).toEqual([413, 'TOO_LARGE']);
  });

  test('is one byte more than what is allowed', async () => {
    const { url } = await startService(classifier, { MAX_BYTES: String(picture.length) });
    expect((await post(url, picture)).status).toBe(200);
  });
});

describe('a request', () => {
  test('for nothing that is there is 404', async () => {
    const { url } = await startService(classifier);
    expect(await failure(await fetch(`${url}/nowhere`))).toEqual([404, 'NOT_FOUND']);
  });

  test.each([
    ['PUT', '/classify', 'POST'],
    ['GET', '/classify', 'POST'],
    ['DELETE', '/', 'GET, HEAD, POST'],
    ['POST', '/metrics', 'GET, HEAD'],
  ])('with %s for %s is 405', async (method, path, allowed) => {
    const { url } = await startService(classifier);
    const answer = await fetch(`${url}${path}`, { method });
    expect(answer.headers.get('allow')).toBe(allowed);
    expect(await failure(answer)).toEqual([405, 'METHOD_NOT_ALLOWED']);
  });

  test('for a path that cannot be decoded is 400', async () => {
    const { url } = await startService(classifier);
    expect(await failure(await fetch(`${url}/%ff`))).toEqual([400, 'BAD_REQUEST']);
  });
});

describe('a connection', () => {
  test.each([
    ['HTTP', 'nonsense\r\n\r\n', 400],
    ['short enough in its headers', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('whose request is not %s is told so', async (_, request, status) => {
    const { url } = await startService(classifier);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(request);
    const answer = await text(socket);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*\r\n\r\n{"code":"BAD_REQUEST",.*}\n$`));
    expect(answer).toMatch(/\r\nx-request-id: [\da-f-]{36}\r\n/);
  });
});

describe('no bytes make the service fail', () => {
  const good = (status: number) => status === 200 || (status >= 400 && status < 500);

  test('whatever they are', async () => {
    const { url } = await startService(classifier);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        expect(good((await post(url, Buffer.from(bytes))).status)).toBe(true);
      }),
    );
  });

  test('as a multipart form, whatever they are', async () => {
    const { url } = await startService(classifier);
    const part = fc.constantFrom('--x', '--x--', '\r\n', 'content-disposition: form-data; name="f"; filename="f"', ':');
    const form = fc.array(fc.oneof(part, fc.string()), { maxLength: 30 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(form, async (body) => {
        const type = 'multipart/form-data; boundary=x';
        expect(good((await post(url, body, { 'content-type': type })).status)).toBe(true);
      }),
    );
  });

  test('when a picture is damaged', async () => {
    const { url } = await startService(classifier);
    const pictures = Object.fromEntries(await Promise.all(formats.map(async (name) => [name, await pictureIn(name)])));
    const damage = fc.record({
      format: fc.constantFrom(...formats),
      byte: fc.nat(255),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      keep: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ format, byte, at, keep }) => {
        const damaged = Buffer.from(pictures[format]);
        damaged[Math.floor(at * (damaged.length - 1))] = byte;
        const body = damaged.subarray(0, Math.ceil(keep * damaged.length));
        expect(good((await post(url, body)).status)).toBe(true);
      }),
    );
  });
});
