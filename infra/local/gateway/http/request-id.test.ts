import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { TestGateway } from '../test-gateway.ts';
import { requestIdOf } from './request-id.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.start();
  await gateway.deploy();
});
afterAll(() => gateway.close());

const seen = z.object({ headers: z.record(z.string(), z.unknown()) });
const made = /^[\da-f-]{36}$/;

/** The ids that the caller and the replica get of a call. */
async function idsOf(headers: Record<string, string>): Promise<unknown[]> {
  const answer = await gateway.call('', { headers });
  const replica = seen.parse(await answer.body.json()).headers;
  const names = ['x-request-id', 'x-call-id'];
  return [...names.map((name) => answer.headers[name]), ...names.map((name) => replica[name])];
}

describe('a call', () => {
  test('keeps the id that it came with, at the replica and in the answer, by both names', async () => {
    expect(await idsOf({ 'x-request-id': 'mine' })).toEqual(Array(4).fill('mine'));
  });

  test('keeps the id that clients of OpenFaaS give', async () => {
    expect(await idsOf({ 'x-call-id': 'mine' })).toEqual(Array(4).fill('mine'));
  });

  test.each([{}, { 'x-request-id': 'x'.repeat(129) }, { 'x-request-id': 'two words' }, { 'x-call-id': 'é' }])(
    'gets an id of its own with %j',
    async (headers) => {
      const ids = await idsOf(headers);
      expect(ids).toEqual(Array(4).fill(expect.stringMatching(made)));
      expect(new Set(ids).size).toBe(1);
    },
  );
});

test.each(['/healthz', '/metrics', '/nowhere', '/function/nobody', '/function/f/%00', '/%ff', '/system/info'])(
  'the answer to %s has the id',
  async (path) => {
    const { headers } = await fetch(`${gateway.url}${path}`, { headers: { 'x-request-id': 'mine' } });
    expect(headers.get('x-request-id')).toBe('mine');
  },
);

test('a failure of a replica is logged with the id, and without the query', async () => {
  const { statusCode, body } = await gateway.call('/exit?token=hidden', { headers: { 'x-request-id': 'the-failed' } });
  await body.dump();
  expect(statusCode).toBe(502);
  expect(gateway.log.filter((line) => /request the-failed: the replica f-1-\w+ failed/.test(line))).toHaveLength(1);
  expect(gateway.log.join()).not.toContain('hidden');
});

test('whatever comes as an id, only a short one of harmless characters is kept', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 300 })), (given) => {
      const id = requestIdOf({ headers: { 'x-request-id': given } });
      expect(id).toMatch(/^[\w.~+/=-]{1,128}$/);
      if (/^[a-z\d-]{1,128}$/.test(given)) expect(id).toBe(given);
    }),
  );
});
