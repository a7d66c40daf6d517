import { expect, test } from 'vitest';
import { judge } from './judge.ts';
import type { Outcome } from './load.ts';
import type { Kill } from './victims.ts';

const right = { status: 200, essence: 'cat' };
const outcome = (change: Partial<Outcome> = {}): Outcome => ({
  target: 'serverless',
  question: 'cat.jpg',
  id: 'a',
  sentAt: 100,
  endedAt: 110,
  right,
  answer: { ...right, id: 'a' },
  ...change,
});
const { answer: _, ...lost } = outcome();
const kill = (kind: Kill['kind'], target: string): Kill => ({
  kind,
  target,
  replica: 'f-1',
  at: 105,
  overAt: 120,
  backAt: 120,
});
const failing = (status: number, essence = 'down') => outcome({ answer: { status, essence, id: 'a' } });
const died = (replica: string) => failing(502, `the replica ${replica} failed: other side closed`);

test('an answer is right when its request, status and content are', () => {
  expect(judge([outcome()], [])).toMatchObject({ right: 1, wrong: [], unexplained: [] });
});

test.each([
  ['content', { ...right, essence: 'dog', id: 'a' }],
  ['status', { ...right, status: 400, id: 'a' }],
  ['request', { ...right, id: 'b' }],
])('an answer with another %s is wrong, even during a kill', (_what, answer) => {
  expect(judge([outcome({ answer })], [kill('replica', 'serverless')]).wrong).toHaveLength(1);
});

test.each([
  ['replica', 'serverless', died('f-1')],
  ['gateway', 'serverless', lost],
  ['server', 'server', { ...lost, target: 'server' }],
  ['server', 'server', { ...failing(503, '"LOADING"'), target: 'server' }],
] as const)('the kill of a %s explains a failure of %s', (kind, target, failed) => {
  const { explained, unexplained } = judge([failed], [kill(kind, target)]);
  expect([explained[kind], unexplained]).toEqual([1, []]);
});

test.each([
  ['with no kill', [], died('f-1')],
  ['of another target', [kill('server', 'server')], lost],
  ['before the kill', [kill('replica', 'serverless')], { ...died('f-1'), endedAt: 104 }],
  ['of a request sent after it', [kill('replica', 'serverless')], { ...died('f-1'), sentAt: 121, endedAt: 125 }],
  ['of another replica than the killed one', [kill('replica', 'serverless')], died('f-10')],
  ['by 502 of the gateway itself', [kill('replica', 'serverless')], failing(502)],
  ['of a server that is there', [kill('server', 'server')], { ...failing(503, '"OVERLOADED"'), target: 'server' }],
  ['by a lost connection when a replica was killed', [kill('replica', 'serverless')], lost],
  ['by an inner error', [kill('replica', 'serverless')], failing(500)],
])('a failure %s is unexplained', (_what, kills, failed) => {
  expect(judge([failed], kills).unexplained).toHaveLength(1);
});
