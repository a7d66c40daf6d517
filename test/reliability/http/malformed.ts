import type { Random } from '../../../bench/stats/index.ts';

/** A kind of message by its name, and one of that kind. */
export type Named = [kind: string, bytes: Buffer];

const post = (headers: string, body = '') => `POST /classify HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n${body}`;
const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`;
const start = (line: string) => `${line}\r\nHost: x\r\n\r\n`;
const chunked = (body: string) => post('Transfer-Encoding: chunked', body);
const second = get('/_/health');

/** Messages that are wrong in one way, each with what is wrong. */
const kinds: Readonly<Record<string, (random: Random) => string>> = {
  'no method': () => start('/classify HTTP/1.1'),
  'an unknown method': () => start('BREW /classify HTTP/1.1'),
  'a method in small letters': () => start('post /classify HTTP/1.1'),
  'a very long method': () => start(`${'A'.repeat(20_000)} / HTTP/1.1`),
  CONNECT: () => start('CONNECT 127.0.0.1:80 HTTP/1.1'),
  TRACE: () => start('TRACE / HTTP/1.1'),
  'another version': (random) => start(`GET / HTTP/${random(0, 9)}.${random(0, 9)}`),
  'no version': () => 'GET /\r\n\r\n',
  'an HTTP/2 preface': () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'a TLS hello': () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  SSH: () => 'SSH-2.0-OpenSSH_9.2\r\n',
  nothing: () => '',
  'line ends alone': (random) => '\r\n'.repeat(random(1, 1000)),
  'line feeds alone': () => 'GET / HTTP/1.1\nHost: x\n\n',
  'no Host': () => 'GET / HTTP/1.1\r\n\r\n',
  'two Hosts': () => 'GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n',
  'a target that is none': () => get('\\..\\..\\etc\\passwd'),
  'a target with broken escapes': () => get('/%zz%f'),
  'a target with bad UTF-8': () => get('/%ff%fe%00'),
  'a target with a NUL': () => get('/a\0b'),
  'a target that is long': (random) => get(`/${'a'.repeat(random(1000, 100_000))}`),
  'a target that is a URL': () => get('http://other.example/classify'),
  'a target with odd parameters': () =>
    post('Content-Length: 0').replace('/classify', '/classify?k=1&k=2&k[]=3&__proto__=1'),
  'a very large k': () => post('Content-Length: 1', 'x').replace('/classify', `/classify?k=${'9'.repeat(400)}`),
  'a header without a name': () => post(': a'),
  'a header without a colon': () => post('abc'),
  'a folded header': () => post('X-Own: a\r\n b'),
  'a control character in a header': () => post('X-Own: a\x01b'),
  'a space before a colon': () => post('Content-Length : 5', 'hello'),
  'very many headers': (random) => post(Array.from({ length: random(100, 5000) }, (_, i) => `X-${i}: 1`).join('\r\n')),
  'a very long header': (random) => post(`X-Own: ${'x'.repeat(random(10_000, 200_000))}`),
  'headers that poison objects': () => post('__proto__: 1\r\nconstructor: 2\r\nContent-Length: 1', 'x'),
  'an id that is none': () => post('X-Request-Id: \xff<script>\r\nX-Call-Id: ../../\r\nContent-Length: 1', 'x'),
  'a length and chunks': () => post('Content-Length: 5\r\nTransfer-Encoding: chunked', '0\r\n\r\n') + second,
  'two lengths': () => post('Content-Length: 5\r\nContent-Length: 6', 'hello!'),
  'a length that is none': (random) =>
    post(
      `Content-Length: ${['-1', '+5', '0x5', '5e0', '5, 5', ' ', 'NaN', '99999999999999999999'][random(0, 7)]}`,
      'hello',
    ),
  'a length of more than comes': (random) => post(`Content-Length: ${random(6, 20_000_000)}`, 'hello'),
  'a length of less than comes': () => post('Content-Length: 2', 'hello') + second,
  'a length beyond the limit': () => post('Content-Length: 999999999999', 'hello'),
  'a coding that is none': () => post('Transfer-Encoding: gzip, identity', 'hello'),
  'chunked twice': () => post('Transfer-Encoding: chunked, chunked', '0\r\n\r\n'),
  'a chunk of no size': () => chunked('zz\r\nhello\r\n0\r\n\r\n'),
  'a chunk of a negative size': () => chunked('-5\r\nhello\r\n0\r\n\r\n'),
  'a chunk beyond all numbers': () => chunked('fffffffffffffffff\r\nhello'),
  'a chunk that is too short': () => chunked('5\r\nhel\r\n0\r\n\r\n'),
  'a chunk without an end': () => chunked('5\r\nhello'),
  'chunks of one byte': (random) => chunked(`${'1\r\nx\r\n'.repeat(random(1, 20_000))}0\r\n\r\n`),
  'a chunk with a long extension': (random) => chunked(`1;${'a'.repeat(random(100, 50_000))}\r\nx\r\n0\r\n\r\n`),
  'very many trailers': (random) => chunked(`1\r\nx\r\n0\r\n${'X-T: 1\r\n'.repeat(random(1, 5000))}\r\n`),
  'an expectation': () => post('Expect: 100-continue\r\nContent-Length: 5', 'hello'),
  'an expectation that is none': () => post('Expect: tea\r\nContent-Length: 5', 'hello'),
  'an upgrade': () => 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n\x81\x85',
  'an upgrade to HTTP/2': () =>
    'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n',
  'very many requests at once': (random) => second.repeat(random(2, 200)),
  'a good request before garbage': (random) => second + '\x00'.repeat(random(1, 100)),
  'pictures that are none, at once': (random) => post('Content-Length: 3', 'abc').repeat(random(2, 50)),
  'HEAD with a body': () => post('Content-Length: 5', 'hello').replace('POST', 'HEAD') + second,
  'GET with a body': () => post('Content-Length: 5', 'hello').replace('POST', 'GET') + second,
  'a content type that is none': () => post('Content-Type: ;;;\xff/\r\nContent-Length: 5', 'hello'),
  'a coding of the content': () => post('Content-Encoding: gzip\r\nContent-Length: 5', 'hello'),
  'a range': () => 'GET / HTTP/1.1\r\nHost: x\r\nRange: bytes=5-1,99999-\r\n\r\n',
};

/** A message that is wrong in one way. */
export function malformed(random: Random): Named {
  const all = Object.entries(kinds);
  const [kind, make] = all[random(0, all.length - 1)] as (typeof all)[number];
  return [kind, Buffer.from(make(random), 'latin1')];
}
