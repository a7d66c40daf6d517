import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endpointOf } from './endpoint.ts';

test('a URL without credentials is what it was', () => {
  expect(endpointOf({ url: 'http://127.0.0.1:1/a?b=c' })).toEqual({ url: 'http://127.0.0.1:1/a?b=c', headers: {} });
});

test('any user and password of a URL go into the header, and nowhere else', () => {
  const text = fc.string({ minLength: 1, unit: 'binary' });
  fc.assert(
    fc.property(text, text, (user, password) => {
      const { url, headers } = endpointOf({
        url: `http://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:1/a?b=c`,
      });
      expect(url).toBe('http://127.0.0.1:1/a?b=c');
      const [scheme, encoded = ''] = headers.authorization?.split(' ') ?? [];
      expect([scheme, Buffer.from(encoded, 'base64').toString()]).toEqual(['Basic', `${user}:${password}`]);
    }),
  );
});

test('a percent sign that begins no escape is one', () => {
  const { headers } = endpointOf({ url: 'http://me:100%25%zz@127.0.0.1/' });
  expect(headers.authorization).toBe(`Basic ${Buffer.from('me:100%%zz').toString('base64')}`);
});

test('a host of its own is a header, beside basic auth', () => {
  const { url, headers } = endpointOf({ url: 'http://me:word@127.0.0.1:1/', host: 'f.example.com' });
  expect(url).toBe('http://127.0.0.1:1/');
  expect(headers).toEqual({
    host: 'f.example.com',
    authorization: `Basic ${Buffer.from('me:word').toString('base64')}`,
  });
});
