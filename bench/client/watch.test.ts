import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ClientWatch } from './watch.ts';

function keepBusy(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end; );
}

test('a process that never waits is busy', async () => {
  const watch = new ClientWatch();
  await sleep(1);
  keepBusy(400);
  await sleep(1);
  const told = watch.describe('latency');
  expect(told).toMatchObject({ kind: 'client', scenario: 'latency', target: '*' });
  expect(told.loopShare).toBeGreaterThan(0.5);
});

test('what is waited for without load makes it no less so', async () => {
  const watch = new ClientWatch();
  await sleep(1);
  keepBusy(300);
  await Promise.all([watch.lookAway(() => sleep(1500)), watch.lookAway(() => sleep(1200))]);
  keepBusy(300);
  await sleep(1);
  expect(watch.describe('throughput').loopShare).toBeGreaterThan(0.5);
});

test('what is waited for is no delay of the event loop', async () => {
  const watch = new ClientWatch();
  await sleep(300);
  await watch.lookAway(() => sleep(4000));
  await sleep(300);
  expect(watch.describe('throughput').loopDelayP99Ms).toBeLessThan(2000);
});

test('what fails while it looks away is thrown, and it looks on', async () => {
  const watch = new ClientWatch();
  await expect(watch.lookAway(() => Promise.reject(new Error('no kubelet')))).rejects.toThrow('no kubelet');
  keepBusy(50);
  expect(watch.describe('idle').cpuShare).toBeGreaterThan(0);
});
