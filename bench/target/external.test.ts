import { expect, test } from 'vitest';
import { parseTarget } from './external.ts';

test('a name and a URL make a target that can only be called', () => {
  expect(parseTarget('flask=http://127.0.0.1:5000/predict?k=1')).toEqual({
    name: 'flask',
    architecture: 'unknown',
    platform: 'external',
    url: 'http://127.0.0.1:5000/predict?k=1',
  });
});

test.each([
  ['http://127.0.0.1/', 'give a name and a URL'],
  ['=http://127.0.0.1/', 'give a name and a URL'],
  ['a b=http://127.0.0.1/', 'takes letters, digits'],
  ['a=ftp://127.0.0.1/', 'must start with http'],
  ['a=127.0.0.1:80', 'must start with http'],
])('%s is refused with what to change', (text, problem) => {
  expect(() => parseTarget(text)).toThrow(problem);
});

test('a user and a password in the URL are taken', () => {
  expect(parseTarget('a=http://user:secret@127.0.0.1/').url).toBe('http://user:secret@127.0.0.1/');
});

test.each([
  'http://user:secret@127.0.0.1/',
  'http://user:secret@127.0.0.1/?token=secret',
  'a b=http://user:secret@127.0.0.1/',
  'a=ftp://user:secret@127.0.0.1/',
  'a=http://user:secret@:80/',
])('what may be secret is not repeated in the message that refuses %s', (text) => {
  expect(() => parseTarget(text)).toThrow(/^((?!secret).)+$/s);
});
