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
  ['a b=http://127.0.0.1/', 'the name takes letters'],
  ['a=ftp://127.0.0.1/', 'must start with http'],
  ['a=127.0.0.1:80', 'must start with http'],
  ['a=http://user:secret@127.0.0.1/', 'no user or password'],
])('%s is refused with what to change', (text, problem) => {
  expect(() => parseTarget(text)).toThrow(problem);
});

test('a password is not repeated in the message that refuses it', () => {
  expect(() => parseTarget('a=http://user:secret@127.0.0.1/')).toThrow(/^((?!secret).)*$/);
});
