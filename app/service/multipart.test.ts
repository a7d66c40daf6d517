import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Classification, Classifier } from '../classifier/index.ts';
import { startClassifier } from '../test/classifier.ts';
import { pictureIn } from '../test/pictures.ts';
import { post, startService } from '../test/service.ts';

let classifier: Classifier;
let picture: Buffer;

beforeAll(async () => {
  classifier = await startClassifier();
  picture = await pictureIn('jpeg');
});
afterAll(() => classifier.close());

function form(...parts: (Uint8Array | string)[]): FormData {
  const made = new FormData();
  for (const [index, part] of parts.entries()) {
    made.append(`part${index}`, typeof part === 'string' ? part : new Blob([Buffer.from(part)]));
  }
  return made;
}

describe('a multipart form', () => {
  test('is classified by its file', async () => {
    const { url } = await startService(classifier);
    const bare = (await (await post(url, picture)).json()) as Classification;
    expect(await (await post(url, form(picture))).json()).toMatchObject({ top: bare.top });
  });

  test('may have fields before the file', async () => {
    const { url } = await startService(classifier);
    expect((await post(url, form('a', 'b', picture))).status).toBe(200);
  });

  test('is classified by the first of its files', async () => {
    const { url } = await startService(classifier);
    expect((await post(url, form(picture, Buffer.from('no picture')))).status).toBe(200);
    expect((await post(url, form(Buffer.from('no picture'), picture))).status).toBe(415);
  });

  test('without a file is 400', async () => {
    const { url } = await startService(classifier);
    const answer = await post(url, form('only a field'));
    expect(await answer.json()).toMatchObject({ code: 'EMPTY_BODY' });
    expect(answer.status).toBe(400);
  });

  test('with a file that is too large is 413', async () => {
    const { url } = await startService(classifier, { MAX_BYTES: String(picture.length - 1) });
    expect((await post(url, form(picture))).status).toBe(413);
  });

  test('with a file that just fits is classified', async () => {
    const { url } = await startService(classifier, { MAX_BYTES: String(picture.length) });
    expect((await post(url, form(picture))).status).toBe(200);
  });

  test.each(['multipart/form-data', 'multipart/form-data; boundary=x'])(
    'that is malformed is 400: %s',
    async (type) => {
      const { url } = await startService(classifier);
      const answer = await post(url, 'no form', { 'content-type': type });
      expect(await answer.json()).toMatchObject({ code: 'BAD_MULTIPART' });
      expect(answer.status).toBe(400);
    },
  );
});

describe('a connection', () => {
  const chunk = Buffer.alloc(500_000);
  const type = 'content-type: multipart/form-data; boundary=x\r\n';
  const file = (bytes: Buffer) =>
    `--x\r\ncontent-disposition: form-data; name="f"; filename="f"\r\n\r\n${bytes.toString('latin1')}\r\n`;

  test.each([
    ['a body that is too large', '', chunk],
    ['a file that is too large', type, Buffer.from(`${file(chunk)}--x--\r\n`, 'latin1')],
  ])('carries another picture after %s', async (_, headers, body) => {
    const { url } = await startService(classifier, { MAX_BYTES: '100000' });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\n${headers}content-length: ${body.length}\r\n\r\n`);
    socket.write(body);
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${picture.length}\r\n\r\n`);
    socket.write(picture);
    expect((await text(socket)).match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
  });

  test('carries another picture after chunks that are too large together', async () => {
    const { url } = await startService(classifier, { MAX_BYTES: '100000' });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n');
    for (let sent = 0; sent < 4; sent++) {
      socket.write(`${chunk.length.toString(16)}\r\n`);
      socket.write(chunk);
      socket.write('\r\n');
    }
    socket.write(
      `0\r\n\r\nPOST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${picture.length}\r\n\r\n`,
    );
    socket.write(picture);
    expect((await text(socket)).match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
  });

  test('carries another picture after files that nobody read', async () => {
    const { url } = await startService(classifier);
    const body = Buffer.from(`${file(picture)}${file(chunk)}${file(chunk)}--x--\r\n`, 'latin1');
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\n${type}content-length: ${body.length}\r\n\r\n`);
    socket.write(body);
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${picture.length}\r\n\r\n`);
    socket.write(picture);
    expect((await text(socket)).match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
  });
});
