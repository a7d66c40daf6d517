import type { Random } from '../../../bench/stats/index.ts';
import type { Named } from './malformed.ts';

const boundary = 'edge';
const part = (headers: string, content: string) => `--${boundary}\r\n${headers}\r\n\r\n${content}\r\n`;
const file = (content: string) => part('Content-Disposition: form-data; name="f"; filename="f"', content);
const end = `--${boundary}--\r\n`;

/** Forms that are wrong in one way, each with what is wrong. */
const kinds: Readonly<Record<string, (random: Random) => string>> = {
  'a form of nothing': () => '',
  'a form without a part': () => end,
  'a form without an end': () => file('abc'),
  'a form that ends in its boundary': (random) => file('abc').slice(0, random(1, 60)),
  'a form of another boundary': () => file('abc').replaceAll(boundary, 'other'),
  'a part without headers': () => `${part('', 'abc')}${end}`,
  'a part of very many headers': (random) => `${part('X: 1\r\n'.repeat(random(100, 5000)), 'abc')}${end}`,
  'a part of a very long header': (random) => `${part(`X: ${'x'.repeat(random(1000, 200_000))}`, 'abc')}${end}`,
  'very many fields': (random) =>
    `${part('Content-Disposition: form-data; name="a"', 'b').repeat(random(100, 1000))}${end}`,
  'very many files': (random) => `${file('abc').repeat(random(2, 500))}${end}`,
  'a field that is too long': () => `${part('Content-Disposition: form-data; name="a"', 'b'.repeat(50_000))}${end}`,
  'names that poison objects': () =>
    `${part('Content-Disposition: form-data; name="__proto__"; filename="x"', 'abc')}${end}`,
  'a form within a form': () =>
    `${part('Content-Type: multipart/mixed; boundary=edge2', `--edge2\r\n\r\n${file('a')}`)}${end}`,
  'a file name that climbs': () =>
    `${part('Content-Disposition: form-data; name="f"; filename="../../etc/passwd\0"', 'abc')}${end}`,
  'a disposition that is none': () => `${part('Content-Disposition: ;;;=;"', 'abc')}${end}`,
  'a coding of a part': () =>
    `${part('Content-Transfer-Encoding: base64\r\nContent-Disposition: form-data; name="f"; filename="f"', '!!!!')}${end}`,
};

/** Boundaries as a content type may name them. */
const types = [
  '; boundary=edge',
  '; boundary="edge"',
  '',
  '; boundary=',
  '; boundary=""',
  `; boundary=${'x'.repeat(500)}`,
];

/** A form that is wrong in one way, or two. */
export function multipart(random: Random): Named {
  const all = Object.entries(kinds);
  const [kind, make] = all[random(0, all.length - 1)] as (typeof all)[number];
  // Mostly the right one, so that the form is read.
  const type = random(0, 1) === 0 ? types[0] : types[random(0, types.length - 1)];
  const body = Buffer.from(make(random), 'latin1');
  const length = random(0, 9) === 0 ? random(0, 2 * body.length) : body.length;
  const head = `POST /classify HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data${type}\r\nContent-Length: ${length}\r\n\r\n`;
  return [kind, Buffer.concat([Buffer.from(head, 'latin1'), body])];
}
