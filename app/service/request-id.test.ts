import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Classifier } from '../classifier/index.ts';
import { startClassifier } from '../test/classifier.ts';
import { pictureIn } from '../test/pictures.ts';
import { post, startService } from '../test/service.ts';

let classifier: Classifier;
beforeAll(async () => {
  classifier = await startClassifier();
});
afterAll(() => classifier.close());

const made = /^[\da-f-]{36}$/;
const idOf = ({ headers }: Response) => headers.get('x-request-id');

describe('the id of a request', () => {
  test.each(['/', '/metrics', '/_/health', '/nowhere', '/%ff'])('is in the answer to GET %s', async (path) => {
    const { url } = await startService(classifier);
    expect(idOf(await fetch(`${url}${path}`, { headers: { 'x-request-id': 'mine' } }))).toBe('mine');
  });

  test('is that of the call where OpenFaaS gives no other', async () => {
    const { url } = await startService(classifier);
    expect(idOf(await post(url, await pictureIn('jpeg'), { 'x-call-id': 'the-call' }))).toBe('the-call');
  });

  test.each(['', 'x'.repeat(129), 'two words', 'a,b', '<script>', 'é'])(
    'is made when the client sends %j',
    async (id) => {
      const { url } = await startService();
      expect(idOf(await fetch(url, { headers: { 'x-request-id': id } }))).toMatch(made);
    },
  );

  test('is that of one request alone when the client sends none', async () => {
    const { url } = await startService();
    expect(idOf(await fetch(url))).not.toBe(idOf(await fetch(url)));
  });

  test('is in the log line of a fault of the service, whose answer keeps the details to itself', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(classifier, 'classify').mockRejectedValueOnce(new Error('inner detail'));
    const { url } = await startService(classifier);
    const answer = await post(url, await pictureIn('jpeg'), { 'x-request-id': 'the-failed' });
    const logged = log.mock.calls.map((line) => line.join(' '));
    vi.restoreAllMocks();
    expect([answer.status, idOf(answer)]).toEqual([500, 'the-failed']);
    expect(logged).toEqual([expect.stringMatching(/^Request the-failed failed: .*inner detail/)]);
    expect(await answer.text()).not.toContain('inner detail');
  });
});
