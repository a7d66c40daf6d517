import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { PasswordFile } from './password-file.ts';

const mode = (path: string) => statSync(path).mode & 0o777;

test('holds a long password, another one each time, for its owner alone, until it is removed', () => {
  const [one, other] = [new PasswordFile(), new PasswordFile()];
  expect(one.password).toMatch(/^[\w-]{32}$/);
  expect(one.password).not.toBe(other.password);
  expect(readFileSync(one.path, 'utf8')).toBe(one.password);
  expect([mode(one.path), mode(dirname(one.path))]).toEqual([0o600, 0o700]);
  one.remove();
  other.remove();
  expect([one, other].filter(({ path }) => existsSync(dirname(path)))).toEqual([]);
});
