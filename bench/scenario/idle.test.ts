import { expect, test } from 'vitest';
import { parseTarget } from '../target/index.ts';
import { measureIdle } from './idle.ts';
import { recordInMemory } from './test-double/context.ts';

const part = { name: 'server', kind: 'replica' as const, time: 0, cpuSeconds: 0, memoryBytes: 1, processes: 1 };
const target = (resources?: () => Promise<(typeof part)[]>) => ({
  ...parseTarget('t=http://127.0.0.1:1/'),
  ...(resources && { resources }),
});

/** The readings of a quiet of 0.2 s, by their edges and numbers. */
async function readings(leastStretch?: number): Promise<unknown[]> {
  const { context, events } = recordInMemory([target(async () => [part])], { idle: { seconds: 0.2 } });
  await measureIdle(context, leastStretch);
  return events.map((event) => (event.kind === 'resources' ? (event.edge ?? event.block) : event.kind));
}

test('a long quiet is parted into five stretches', async () => {
  expect(await readings(0.04)).toEqual(['start', 0, 1, 2, 3, 'end']);
});

test('a short quiet has one reading at each end', async () => {
  expect(await readings()).toEqual(['start', 'end']);
});

test('nobody waits where no target tells what it uses', async () => {
  const { context, events } = recordInMemory([target()], { idle: { seconds: 1e6 } });
  await measureIdle(context);
  expect(events).toEqual([]);
});

test('a run that is stopped takes no more readings', async () => {
  const { context, events, stop } = recordInMemory([target(async () => [part])], { idle: { seconds: 1000 } });
  const done = measureIdle(context, 0.01);
  setTimeout(() => stop.abort(), 50);
  await done;
  expect(events).toHaveLength(1);
});
