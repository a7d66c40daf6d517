import { expect, test } from 'vitest';
import type { RunEvent, RunRecord } from '../record/index.ts';
import type { TargetSummary } from '../summary/index.ts';
import { metrics } from './metrics.ts';

/** A second in which CPU was used, read at its end. */
function read(scenario: string, time: number, cpuSeconds: number, at: object): RunEvent {
  const part = {
    name: 'server',
    kind: 'replica' as const,
    time: time * 1000,
    cpuSeconds,
    memoryBytes: 1,
    processes: 1,
  };
  return { kind: 'resources', time, scenario, target: 't', parts: [part], ...at };
}

test('CPU for each request is compared with the error of the idle rate, in milliseconds', () => {
  // 0.1 cores while idle, by one reading: none, or twice as much, and the count's 0.02 s.
  const events = [
    read('idle', 0, 0, { edge: 'start' }),
    read('idle', 1, 0.1, { edge: 'end' }),
    read('throughput', 1, 0.1, { edge: 'start' }),
    read('throughput', 2, 0.6, { block: 0, answered: 10 }),
    read('throughput', 3, 1.2, { block: 1, answered: 20 }),
  ];
  const cpu = metrics.find(({ name }) => name === 'throughput.cpu');
  const figure = cpu?.byBlock?.({ events } as unknown as RunRecord, { name: 't' } as TargetSummary);
  expect(figure?.of([1, 1])).toBeCloseTo(45, 6);
  expect(figure?.sharedError).toBeCloseTo(12, 6);
});
