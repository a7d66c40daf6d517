import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shownUrl } from './shown-url.ts';

test.each([
  ['http://127.0.0.1:5000/predict', 'http://127.0.0.1:5000/predict'],
  ['http://127.0.0.1:5000/?k=3&verbose=true', 'http://127.0.0.1:5000/?k=3&verbose=true'],
  ['http://user:secret@127.0.0.1/', 'http://***@127.0.0.1/'],
  ['http://secret@127.0.0.1/', 'http://***@127.0.0.1/'],
  ['http://a@b:secret@127.0.0.1/@', 'http://***@127.0.0.1/@'],
  ['https://h/p?token=secret&k=3#secret', 'https://h/p?token=***&k=3'],
  ['https://h/p?secret', 'https://h/p?***'],
  ['https://h/p?pin=12345', 'https://h/p?pin=***'],
  ['https://h?token=secret', 'https://h?token=***'],
  ['/p?token=secret', '/p?token=***'],
  ['//user:secret@h/p', '//***@h/p'],
])('%s is shown as %s', (given, shown) => {
  expect(shownUrl(given)).toBe(shown);
});

test('no user, password, value or fragment is shown, whatever it is', () => {
  const secret = fc.string({ unit: 'binary' }).map((text) => encodeURIComponent(`secret${text}`));
  fc.assert(
    fc.property(secret, secret, secret, secret, (user, password, value, fragment) => {
      const url = new URL(`http://${user}:${password}@127.0.0.1/p?a=${value}&b=1#${fragment}`);
      expect(shownUrl(url.href)).toBe('http://***@127.0.0.1/p?a=***&b=1');
    }),
  );
});
