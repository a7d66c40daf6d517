import { expect, test } from 'vitest';
import { makeManifest, makeSample } from '../../../test/double/run.ts';
import type { Part, RunEvent } from '../../record/index.ts';
import { summarise } from '../../summary/index.ts';
import { platformsTable } from './platforms.ts';

const second = 1000;
const rounds = [0, 1, 2, 3, 4, 5, 6];

/** A reading of a function whose gateway uses 2 ms of CPU for each answer, and whose watcher only its 10 ms a second. */
function read(target: string, scenario: string, time: number, answered: number, more: object): RunEvent {
  const part = (name: string, kind: Part['kind'], cpuSeconds: number, memoryBytes: number): Part => ({
    ...{ name, kind, time, cpuSeconds, memoryBytes, processes: 1 },
  });
  const seconds = time / second;
  const parts = [
    part('classifier', 'replica', answered * 0.02, 100e6),
    ...(target === 'server'
      ? []
      : [part('gateway', 'fixed', answered * 0.002, 20e6), part('watcher', 'fixed', seconds * 0.01, 5e6)]),
  ];
  return { kind: 'resources', time, scenario, target, ...more, answered, parts };
}

const readings = (target: string): RunEvent[] => [
  ...rounds.map((round) =>
    read(target, 'idle', round * 60 * second, 0, round === 0 ? { edge: 'start' } : { block: round }),
  ),
  read(target, 'throughput', 1000 * second, 0, { edge: 'start' }),
  ...rounds.map((block) => read(target, 'throughput', (1010 + 10 * block) * second, (block + 1) * 100, { block })),
];

const latency = (target: string, ms: number) =>
  rounds.map((block) => makeSample({ scenario: 'latency', target, block, intended: 0, sent: 0, answered: ms + block }));

const table = () => {
  const manifest = makeManifest({ scenarios: ['latency', 'throughput', 'cold-start'] });
  const zero = rounds.map(
    (block): RunEvent => ({
      ...{ kind: 'zero', time: 2000 * second, scenario: 'cold-start', target: 'serverless', block },
      waitedMs: block === 0 ? 1 : 300,
    }),
  );
  const cold = rounds.map((block) =>
    makeSample({
      scenario: 'cold-start',
      target: 'serverless',
      block,
      intended: block,
      sent: block,
      answered: block + 800,
    }),
  );
  return platformsTable(
    summarise({
      manifest,
      events: [...readings('server'), ...readings('serverless'), ...zero],
      samples: [...latency('server', 30), ...latency('serverless', 37), ...cold],
    }),
  );
};

test('a row tells what stands beside the model, and a target without such parts has none', () => {
  expect(table()?.rows.map(([target, memory, cpu]) => [target, memory, cpu])).toEqual([
    ['serverless', '25 MB in gateway and watcher', '1 % of a core'],
  ]);
});

test('only parts that use more CPU with each request are told to work for it', () => {
  expect(table()?.rows[0]?.[3]).toBe('gateway 2 ms');
});

test('latency counts from that of the server, with its interval', () => {
  expect(table()?.rows[0]?.[4]).toBe('7 ms (7 to 7)');
});

test('the wait for zero is that of the trials after the first', () => {
  expect(table()?.rows[0]?.slice(5)).toEqual(['800 ms (800 to 800)', '300 ms (300 to 300)']);
});

test('the model of a hybrid is in its base and in its function', () => {
  const part = (name: string, kind: Part['kind'], memoryBytes: number): Part => ({
    ...{ name, kind, time: 0, cpuSeconds: 0, memoryBytes, processes: 1 },
  });
  const parts = [part('base', 'replica', 100e6), part('classifier', 'replica', 90e6), part('router', 'fixed', 7e6)];
  const manifest = makeManifest({
    targets: [{ name: 'hybrid', architecture: 'hybrid', platform: 'local', url: 'http://127.0.0.1:1/' }],
  });
  const idle = [0, 60].map(
    (time): RunEvent => ({ kind: 'resources', time: time * second, scenario: 'idle', target: 'hybrid', parts }),
  );
  const rows = platformsTable(summarise({ manifest, events: idle, samples: [] }))?.rows;
  expect(rows?.map(([, memory]) => memory)).toEqual(['7 MB in router']);
});

test('there is no table where no target tells its parts', () => {
  expect(platformsTable(summarise({ manifest: makeManifest(), events: [], samples: [] }))).toBeUndefined();
});
