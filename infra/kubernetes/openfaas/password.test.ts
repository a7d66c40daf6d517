import { expect, test } from 'vitest';
import { scriptProvider } from '../provider/index.ts';

const provider = scriptProvider('infra/kubernetes/openfaas/password-main.ts');
const create = async (): Promise<string> => (await provider.create?.({}))?.outs.password;
const olds = { password: 'made-before' };

test('a password is long, and of characters that a URL and a shell take as they are', async () => {
  // Several, since not every one has a character that another way of writing it would spoil.
  for (let made = 0; made < 4; made += 1) expect(await create()).toMatch(/^[\w-]{32,}$/);
});

test('two are never the same', async () => {
  expect(await create()).not.toBe(await create());
});

test('one that is there stays: there is nothing that could change', async () => {
  expect(await provider.diff?.('password', olds, {})).toEqual({ changes: false });
});

test('reading it again gives it as it is', async () => {
  expect(await provider.read?.('password', olds)).toEqual({ id: 'password', props: olds });
});

test('an update, which nothing should ask for, leaves it', async () => {
  expect(await provider.update?.('password', olds, {})).toEqual({ outs: olds });
});
