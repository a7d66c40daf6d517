import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Credentials } from './credentials.ts';

const credentials = new Credentials('admin', 'pass:word');
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

test('only the very user and password match', () => {
  const near = fc.constantFrom('', 'admin', 'Admin', 'pass:word', 'pass:wor', 'pass:words', 'Pass:word', 'pass');
  const text = fc.oneof(near, fc.string());
  fc.assert(
    fc.property(text, text, (user, password) => {
      expect(credentials.matches(user, password)).toBe(user === 'admin' && password === 'pass:word');
    }),
    { numRuns: 500 },
  );
});

test.each([
  basic('admin:pass:word'),
  basic('admin:pass:word').replace('Basic', 'bAsIc '),
  `${basic('admin:pass:word')} `,
])('are in %j', (header) => {
  expect(credentials.areIn(header)).toBe(true);
});

test.each([
  '',
  'Basic',
  'Basic !',
  'Bearer pass:word',
  'admin:pass:word',
  basic('admin'),
  basic('admin:pass'),
  basic(':'),
])('are not in %j', (header) => {
  expect(credentials.areIn(header)).toBe(false);
});
