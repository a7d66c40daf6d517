import { expect, test } from 'vitest';
import { refuseUnanswerable } from './answerable.ts';
import { parseCheck } from './check.ts';

const refuse = (text: string) => () =>
  refuseUnanswerable([parseCheck(text)], ['server'], { all: ['latency', 'throughput'], chosen: ['latency'] });

test.each(['p95 > 1s', 'server:p95 > 1s', 'errors > 1%', 'idle.memory > 1GB'])('%j can be told', (text) => {
  expect(refuse(text)).not.toThrow();
});

test.each([
  ['p95 worsens > 1%', 'needs two runs; give it to faceoff compare'],
  ['mine:p95 > 1s', 'there is no target mine, only server'],
  ['rate < 1/s', 'needs the scenario throughput'],
])('%j is refused: %s', (text, message) => {
  expect(refuse(text)).toThrow(message);
});
