import { afterEach, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../test/double/endpoint.ts';
import { parseTarget } from '../target/index.ts';
import { recordInMemory } from './test-double/context.ts';
import { throughputScenario } from './throughput.ts';

let endpoint: Endpoint | undefined;
afterEach(() => endpoint?.close());

test('what a target has used is read after each of its blocks, with what it has answered until then', async () => {
  endpoint = await startEndpoint();
  const part = { name: 'classifier', kind: 'replica' as const, cpuSeconds: 0, memoryBytes: 1, processes: 1 };
  const target = { ...parseTarget(`t=${endpoint.url}`), resources: async () => [{ ...part, time: Date.now() }] };
  const throughput = { connections: 1, seconds: 0.6, blocks: 3, warmupSeconds: 0.05 };
  const { context, events } = recordInMemory([target], { throughput });
  await throughputScenario.run(context);
  const read = events.flatMap((event) => (event.kind === 'resources' ? [event] : []));
  expect(read.map(({ edge, block }) => edge ?? block)).toEqual(['start', 0, 1, 2, 'end']);
  const answered = read.slice(1).map((event) => event.answered ?? 0);
  expect(answered).toEqual(answered.toSorted((a, b) => a - b));
  expect(answered[0]).toBeGreaterThan(0);
  expect(answered.at(-1)).toBeLessThanOrEqual(endpoint.received.length);
});
