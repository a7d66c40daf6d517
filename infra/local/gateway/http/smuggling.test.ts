import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestGateway } from '../test-gateway.ts';

let gateway: TestGateway;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faceoff-smuggling-'));
  gateway = await TestGateway.start();
  await gateway.deploy({ envVars: { RECORD: join(folder, 'record') } });
});
afterAll(async () => {
  await gateway.close();
  await rm(folder, { recursive: true });
});

/** How long a connection may stay silent until it counts as answered, in milliseconds. */
const silence = 400;

/** What the gateway answers to these bytes, until it closes the connection or falls silent. */
function exchange(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    let answer = '';
    const end = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.setEncoding('latin1').on('data', (text) => {
      answer += text;
    });
    socket.setTimeout(silence, end).on('close', end).on('error', end);
    socket.write(bytes, 'latin1');
  });
}

/** The status of each answer. */
async function statuses(bytes: string): Promise<number[]> {
  return [...(await exchange(bytes)).matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}

/** All bytes that the replica got meanwhile, but for the questions after its health. */
async function reaching(act: () => Promise<unknown>): Promise<string> {
  const read = async () => readFile(join(folder, 'record'), 'latin1');
  const before = (await read()).length;
  await act();
  return (await read()).slice(before);
}

const requestLines = (bytes: string) => bytes.match(/^[A-Z]+ \S+ HTTP\/1\.1\r$/gm) ?? [];

const admin = `Basic ${btoa('admin:secret')}`;
const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
const second = 'GET /function/f/smuggled HTTP/1.1\r\nHost: x\r\n\r\n';

describe('a target that hides where it goes reaches no replica', () => {
  test.each([
    ['/function/../system/functions', 400],
    ['/function/f/../../system/functions', 400],
    ['/function/f/..', 400],
    ['/function/f/./x', 400],
    ['/function/%2e%2e/system/functions', 400],
    ['/function/f/%2E./x', 400],
    ['/function/f/..%2f..%2fsystem', 400],
    ['/function/f/%2e%2e%2f%2e%2e%2fsystem', 400],
    ['/function/f/%252e%252e%252fsystem', 400],
    ['/function/f/%25252e%25252e%25252fsystem', 400],
    [`/function/f/%${'25'.repeat(40)}2e`, 400],
    ['/function/f/..\\system', 400],
    ['/function/f/..%5c..%5csystem', 400],
    ['/function/f/..;/system', 400],
    ['/function/f/a%00b', 400],
    ['/function/f/a%0d%0aX-Smuggled:%201', 400],
    ['/function/f/a\0b', 400],
    ['/function/f#/../system', 400],
    ['/function/f/x#y', 400],
    ['/function/f/%zz', 400],
    ['/function/f/%ff', 400],
    ['/function/f%2f..%2fsystem', 400],
    ['/function/..%2fsystem/functions', 400],
    ['/function/..', 400],
    ['/function/f%00', 400],
    ['/function/f@x/y', 404],
    ['/function//f', 404],
    ['//function/f', 404],
    ['http://x/function/f', 400],
    ['http://x/system/functions', 400],
    ['https://admin:secret@x/system/functions', 400],
    ['x:443', 400],
    ['*', 400],
  ])('GET %j: %i', async (target, status) => {
    let answered: number[] = [];
    const reached = await reaching(async () => {
      answered = await statuses(get(target));
    });
    expect(answered).toEqual([status]);
    expect(reached).toBe('');
  });

  test.each([
    ['/%73ystem/functions', 401],
    ['/system/%66unctions', 401],
    ['/./system/functions', 400],
    ['/x/../system/functions', 400],
    ['//system/functions', 404],
    ['/%2fsystem/functions', 404],
    ['/system%2ffunctions', 404],
    ['/SYSTEM/functions', 404],
    ['/system/functions/', 404],
    ['/system;/functions', 404],
  ])('GET %j opens nothing of /system: %i', async (target, status) => {
    expect(await statuses(get(target))).toEqual([status]);
  });

  test('a method of another protocol has nowhere to go', async () => {
    const reached = await reaching(async () => {
      expect(await statuses(get('/function/f').replace('GET', 'PROPFIND'))).toEqual([404]);
    });
    expect(reached).toBe('');
  });

  test('CONNECT is refused', async () => {
    const reached = await reaching(async () => {
      expect(await exchange(`CONNECT 127.0.0.1:80 HTTP/1.1\r\nHost: x\r\n\r\n${second}`)).not.toContain(' 200 ');
    });
    expect(reached).toBe('');
  });

  test('HEAD of /system is closed as well', async () => {
    expect(await statuses(get('/system/functions').replace('GET', 'HEAD'))).toEqual([401]);
  });
});

const post = (headers: string, body: string) => `POST /function/f HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n${body}`;

describe('a request whose end is in doubt is refused whole', () => {
  test.each([
    ['a length beside chunks', 'Content-Length: 4\r\nTransfer-Encoding: chunked', '0\r\n\r\n'],
    ['chunks beside a length', 'Transfer-Encoding: chunked\r\nContent-Length: 4', '0\r\n\r\n'],
    ['two lengths', 'Content-Length: 0\r\nContent-Length: 60', ''],
    ['the same length twice', 'Content-Length: 0\r\nContent-Length: 0', ''],
    ['a list of lengths', 'Content-Length: 0, 60', ''],
    ['a signed length', 'Content-Length: +0', ''],
    ['a negative length', 'Content-Length: -1', ''],
    ['a length in hex', 'Content-Length: 0x0', ''],
    ['a length beyond all numbers', 'Content-Length: 18446744073709551616', ''],
    ['a space before the colon', 'Transfer-Encoding : chunked', '0\r\n\r\n'],
    ['a space before the colon of a length', 'Content-Length : 60', ''],
    ['an unknown coding', 'Transfer-Encoding: xchunked', '0\r\n\r\n'],
    ['chunked not last', 'Transfer-Encoding: chunked, identity', '0\r\n\r\n'],
    ['chunked twice', 'Transfer-Encoding: chunked, chunked', '0\r\n\r\n'],
    ['chunked twice in two headers', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked', '0\r\n\r\n'],
    ['chunked and another in two headers', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: x', '0\r\n\r\n'],
    ['a coding before chunked', 'Transfer-Encoding: gzip, chunked', '0\r\n\r\n'],
    ['a quoted coding', 'Transfer-Encoding: "chunked"', '0\r\n\r\n'],
    ['a vertical tab before the coding', 'Transfer-Encoding: \x0bchunked', '0\r\n\r\n'],
    ['a folded header', 'Transfer-Encoding:\r\n chunked', '0\r\n\r\n'],
    ['a folded value', 'X-Own: a\r\n Transfer-Encoding: chunked', ''],
    ['a bare line feed in a value', 'X-Own: a\nX-Smuggled: b', ''],
    ['a bare carriage return in a value', 'X-Own: a\rX-Smuggled: b', ''],
    ['a NUL in a value', 'X-Own: a\0b', ''],
    ['a control character in a name', 'X-Own\x01: a', ''],
    ['a header without a name', ': a', ''],
    ['a space in a name', 'X Own: a', ''],
    ['two Hosts', 'Host: y', ''],
    ['a size that is no number', 'Transfer-Encoding: chunked', 'zz\r\n'],
    ['a signed size', 'Transfer-Encoding: chunked', '+1\r\nx\r\n0\r\n\r\n'],
    ['a size in C', 'Transfer-Encoding: chunked', '0x1\r\nx\r\n0\r\n\r\n'],
    ['a size beyond all numbers', 'Transfer-Encoding: chunked', '10000000000000000\r\nx\r\n0\r\n\r\n'],
    ['a chunk that is longer than it says', 'Transfer-Encoding: chunked', '1\r\nxx\r\n0\r\n\r\n'],
    ['a bare line feed after a size', 'Transfer-Encoding: chunked', '1\nx\n0\n\n'],
  ])('%s', async (_, headers, body) => {
    let answered: number[] = [];
    const reached = await reaching(async () => {
      answered = await statuses(`${post(headers, body)}${second}`);
    });
    expect(answered.slice(0, 1)).toEqual([expect.toSatisfy((status) => status === 400 || status === 501)]);
    expect(requestLines(reached)).not.toContain('GET /smuggled HTTP/1.1\r');
    expect(reached).not.toMatch(/smuggled/i);
  });

  test('a length in the trailer', async () => {
    const chunks = '0\r\nContent-Length: 60\r\n\r\n';
    expect(await statuses(`${post('Transfer-Encoding: chunked', chunks)}${second}`)).not.toContain(200);
  });

  test('no Host', async () => {
    expect(await statuses('GET /function/f HTTP/1.1\r\n\r\n')).toEqual([400]);
  });

  test('an HTTP/2 preface', async () => {
    const reached = await reaching(async () => {
      expect(await statuses(`PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${second}`)).toEqual([400]);
    });
    expect(reached).toBe('');
  });

  test('another version of HTTP', async () => {
    expect(await statuses(`GET /function/f HTTP/9.9\r\nHost: x\r\n\r\n`)).toEqual([400]);
  });
});

describe('the replica gets one request for each of the gateway', () => {
  test('whatever its body looks like', async () => {
    const reached = await reaching(async () => {
      expect(await statuses(post(`Content-Length: ${second.length}\r\nConnection: close`, second))).toEqual([200]);
    });
    expect(reached).toContain(`content-length: ${second.length}\r\n`);
    expect(reached.endsWith(`\r\n\r\n${second}`)).toBe(true);
  });

  test('whatever its chunks, their extensions and their trailers look like', async () => {
    const chunk = `${second.length.toString(16)};smuggled=1\r\n${second}\r\n0\r\nX-Smuggled: 1\r\n\r\n`;
    const reached = await reaching(async () => {
      expect(await statuses(post('Transfer-Encoding: chunked\r\nConnection: close', chunk))).toEqual([200]);
    });
    expect(reached).toContain(second);
    expect(requestLines(reached.replace(second, ''))).toEqual(['POST / HTTP/1.1\r']);
    expect(reached).not.toMatch(/x-smuggled|smuggled=1/i);
  });

  test('with a body that GET should not have', async () => {
    const bytes = `GET /function/f/one HTTP/1.1\r\nHost: x\r\nContent-Length: ${second.length}\r\n\r\n${second}`;
    const reached = await reaching(async () => {
      expect(await statuses(`${bytes}${get('/function/f/two')}`)).toEqual([200, 200]);
    });
    expect(reached).toContain(`\r\n\r\n${second}`);
    const between = reached.slice(reached.indexOf(second) + second.length);
    expect(requestLines(between)).toEqual(['GET /two HTTP/1.1\r']);
  });

  test('that asks for a WebSocket, as a plain one', async () => {
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==';
    const reached = await reaching(async () => {
      expect(await exchange(`GET /function/f HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n\r\n`)).toMatch(/^HTTP\/1.1 200 /);
    });
    expect(reached).not.toMatch(/^upgrade:/im);
    expect(requestLines(reached)).toHaveLength(1);
  });

  test('that asks for HTTP/2, as a plain one', async () => {
    const upgrade = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__';
    const reached = await reaching(async () => {
      expect(await exchange(`GET /function/f HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n\r\n`)).toMatch(/^HTTP\/1.1 200 /);
    });
    expect(reached).not.toMatch(/^(?:upgrade|http2-settings):/im);
  });
});

describe('headers', () => {
  const headersOf = (lines: string) =>
    reaching(() => exchange(`GET /function/f HTTP/1.1\r\nHost: front\r\n${lines}\r\n\r\n`));

  test('that Connection names stay behind, and take none of the gateway with them', async () => {
    const names =
      'authorization, x-private, x-request-id, x-call-id, x-forwarded-for, x-forwarded-host, host, content-length';
    const reached = await headersOf(`Connection: ${names}\r\nAuthorization: Bearer own\r\nX-Private: 1`);
    expect(reached).not.toMatch(/^(?:authorization|x-private|connection: auth)/im);
    expect(reached).toMatch(/^x-request-id: \S+\r$/m);
    expect(reached).toMatch(/^x-call-id: \S+\r$/m);
    expect(reached).toMatch(/^x-forwarded-for: 127\.0\.0\.1\r$/m);
    expect(reached).toMatch(/^x-forwarded-host: front\r$/m);
  });

  test('of the Host are the replica’s own, whatever the caller says', async () => {
    const reached = await headersOf('X-Own: 1');
    expect(reached.match(/^host: .*$/gim)).toEqual([expect.stringMatching(/^host: 127\.0\.0\.1:\d+\r?$/)]);
  });

  test('with the password of /system stay behind', async () => {
    expect(await headersOf(`Authorization: ${admin}`)).not.toMatch(/authorization|YWRtaW4/i);
    expect(await headersOf(`authorization: bAsIc  ${btoa('admin:secret')} `)).not.toMatch(/authorization/i);
  });

  test('with other credentials are the function’s, as with OpenFaaS', async () => {
    const own = `Basic ${btoa('admin:own')}`;
    expect(await headersOf(`Authorization: ${own}`)).toContain(`authorization: ${own}\r\n`);
    expect(await headersOf('Authorization: Bearer own')).toContain('authorization: Bearer own\r\n');
  });

  test('that are too large are refused', async () => {
    let answered: number[] = [];
    const reached = await reaching(async () => {
      answered = await statuses(`GET /function/f HTTP/1.1\r\nHost: x\r\nX-Own: ${'x'.repeat(17_000)}\r\n\r\n`);
    });
    expect([answered, reached]).toEqual([[431], '']);
  });
});

test('nothing of a call of /system reaches a replica', async () => {
  const reached = await reaching(async () => {
    const { statusCode, body } = await gateway.system('GET', 'functions');
    await body.dump();
    expect(statusCode).toBe(200);
  });
  expect(reached).toBe('');
});

test('a body for /system that is too large is refused', async () => {
  const { statusCode, body } = await gateway.system('POST', 'functions', 'x'.repeat(1024 * 1024 + 1));
  await body.dump();
  expect(statusCode).toBe(413);
});
