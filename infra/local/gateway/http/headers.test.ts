import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endToEnd } from './headers.ts';

test('headers of the connection stay behind, with those that it names', () => {
  const headers = { connection: 'close, X-Private', 'x-private': '1', 'keep-alive': 'timeout=5', 'x-public': '2' };
  expect(endToEnd(headers)).toEqual(['x-public', '2']);
});

test.each(['keep-alive', 'close', undefined])(
  'with Connection: %s the others of the connection stay behind',
  (value) => {
    expect(endToEnd({ connection: value, te: 'trailers', 'x-public': '2' })).toEqual(['x-public', '2']);
  },
);

test('headers that somebody else sets stay behind', () => {
  expect(endToEnd({ host: 'a', 'x-public': '2' }, new Set(['host']))).toEqual(['x-public', '2']);
});

test('every other header passes as it is', () => {
  const names = fc.stringMatching(/^x-[a-z0-9-]{1,20}$/);
  fc.assert(
    fc.property(fc.dictionary(names, fc.oneof(fc.string(), fc.array(fc.string()))), (headers) => {
      expect(endToEnd(headers)).toEqual(Object.entries(headers).flat());
    }),
  );
});
