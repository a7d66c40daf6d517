import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type Handlers, handle } from './handle.ts';

const context = { signal: new AbortController().signal, progress: () => {} };
const inputs = z.object({ size: z.number(), name: z.string().optional() });
const create: Handlers<{ size: number }>['create'] = async ({ size }) => ({ id: 'a', outs: { double: size * 2 } });
const update = async () => ({});
const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
const diff = (olds: object, news: object, more: object = { update }) =>
  handle({ inputs, create, ...more }, { method: 'diff', id: 'a', olds: { ...olds }, news: { ...news } }, context);

test('a state holds the inputs and what came out', async () => {
  const made = await handle({ inputs, create }, { method: 'create', news: { size: 2, __provider: 'text' } }, context);
  expect(made).toEqual({ id: 'a', outs: { size: 2, double: 4 } });
});

test('inputs that are wrong are told by name before anything is done', async () => {
  const never = vi.fn();
  const made = handle({ inputs, create: never }, { method: 'create', news: { size: '2' } }, context);
  await expect(made).rejects.toThrow(/^size: /);
  expect(never).not.toHaveBeenCalled();
});

test('the same inputs are no change, whatever else the state holds', async () => {
  expect(await diff({ size: 2, double: 4, __provider: 'old' }, { size: 2, __provider: 'new' })).toEqual({
    changes: false,
  });
});

test.each([
  ['another value', { size: 2 }, { size: 3 }],
  ['one more', { size: 2 }, { size: 2, name: 'x' }],
  ['one less', { size: 2, name: 'x' }, { size: 2 }],
  ['one not known yet', { size: 2 }, { size: 2, name: unknown }],
  ['a state of another version', { amount: 2 }, { size: 2 }],
])('%s among the inputs is a change', async (_, olds, news) => {
  expect(await diff(olds, news)).toEqual({ changes: true });
});

test('without an update, a change replaces', async () => {
  expect(await diff({ size: 2 }, { size: 3 }, {})).toEqual({ changes: true, replaces: ['size'] });
});

test('whether something changed is what the inputs alone say', async () => {
  const value = fc.record({ size: fc.integer(), name: fc.string() }, { requiredKeys: ['size'] });
  await fc.assert(
    fc.asyncProperty(value, value, async (olds, news) => {
      const same = olds.size === news.size && olds.name === news.name;
      expect(await diff({ ...olds, double: 1 }, news)).toEqual({ changes: !same });
    }),
  );
});

test('a resource may decide by itself', async () => {
  const own = { diff: () => ({ changes: true, replaces: ['size'], deleteBeforeReplace: true }) };
  expect(await diff({ size: 2 }, { size: 2 }, own)).toEqual(own.diff());
});

test('but not of inputs that are not known yet', async () => {
  const own = { update, diff: vi.fn() };
  expect(await diff({ size: 2 }, { size: unknown }, own)).toEqual({ changes: true });
  expect(own.diff).not.toHaveBeenCalled();
});

test('a resource that cannot be read is taken to be as it was', async () => {
  const olds = { size: 2, double: 4, __provider: 'text' };
  expect(await handle({ inputs, create }, { method: 'read', id: 'a', olds }, context)).toEqual({
    id: 'a',
    props: { size: 2, double: 4 },
  });
});

test('a resource that is gone is gone from the state', async () => {
  const read = async () => undefined;
  const request = { method: 'read', id: 'a', olds: { size: 2 } } as const;
  expect(await handle({ inputs, create, read }, request, context)).toEqual({ id: '', props: {} });
});

test('without a delete nothing is done', async () => {
  expect(await handle({ inputs, create }, { method: 'delete', id: 'a', olds: { size: 2 } }, context)).toEqual({});
});
