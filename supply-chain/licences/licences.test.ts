import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockedPackages } from './packages.ts';
import { judgeLicence } from './policy.ts';

const judge = (licence: string | undefined, name = 'lib') => judgeLicence({ name, version: '1.0.0', licence }).kind;

test.each(['MIT', 'Apache-2.0', '(MIT OR GPL-3.0-only)', 'MIT AND Zlib', '(MIT AND (GPL-2.0-only OR ISC))'])(
  '%s is permissive',
  (licence) => {
    expect(judge(licence)).toBe('permissive');
  },
);

test.each([
  undefined,
  '',
  'GPL-3.0-only',
  'AGPL-3.0-or-later',
  'LGPL-3.0-or-later',
  'MIT AND GPL-3.0-only',
  '(GPL-2.0-only OR (MIT AND BUSL-1.1))',
  'Apache-2.0 WITH LLVM-exception',
  'UNLICENSED',
  'SEE LICENSE IN LICENSE',
  'permissive',
])('%s is refused', (licence) => {
  expect(judge(licence)).toBe('refused');
});

test('an exception is for its package and its licence alone', () => {
  expect(judge('LGPL-3.0-or-later', '@img/sharp-libvips-linux-x64')).toBe('excepted');
  expect(judge('Apache-2.0 AND LGPL-3.0-or-later', '@img/sharp-win32-x64')).toBe('excepted');
  expect(judge('GPL-3.0-only', '@img/sharp-libvips-linux-x64')).toBe('refused');
  expect(judge('LGPL-3.0-or-later', 'not-@img/sharp-x')).toBe('refused');
});

describe('the packages of a lock file', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'faceoff-licences-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const lock = (packages: object) => writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }));

  async function install(path: string, manifest: object): Promise<void> {
    await mkdir(join(root, path), { recursive: true });
    await writeFile(join(root, path, 'package.json'), JSON.stringify(manifest));
  }

  test('are all but the project itself, those inside others too', () => {
    lock({
      '': { name: 'mine', version: '1.0.0' },
      app: { version: '1.0.0' },
      'node_modules/app': { link: true },
      'node_modules/@a/b': { version: '1.0.0', license: 'MIT' },
      'node_modules/@a/b/node_modules/c': { version: '2.0.0', license: 'ISC', optional: true },
    });
    expect(lockedPackages(root)).toEqual([
      { name: '@a/b', version: '1.0.0', licence: 'MIT' },
      { name: 'c', version: '2.0.0', licence: 'ISC' },
    ]);
  });

  test.each([
    [{ licenses: [{ type: 'MIT' }] }, 'MIT'],
    [{ licenses: [{ type: 'MIT' }, { type: 'GPL-3.0-only' }] }, 'MIT OR GPL-3.0-only'],
    [{ license: { type: 'ISC' } }, 'ISC'],
    [{}, undefined],
  ])('have the licence of %j where the lock file has none', async (manifest, licence) => {
    lock({ 'node_modules/old': { version: '1.0.0' } });
    await install('node_modules/old', manifest);
    expect(lockedPackages(root)).toEqual([{ name: 'old', version: '1.0.0', licence }]);
  });
});

test('every package of this project has a licence that is allowed', () => {
  const packages = lockedPackages(join(import.meta.dirname, '../..'));
  expect(packages.length).toBeGreaterThan(500);
  expect(packages.filter((each) => judgeLicence(each).kind === 'refused')).toEqual([]);
});
