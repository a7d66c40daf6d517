import { afterEach, describe, expect, test } from 'vitest';
import { until } from '../test-double/index.ts';
import { Child } from './child.ts';
import { readUsage, usageKnown } from './usage.ts';

const children: Child[] = [];
afterEach(() => Promise.all(children.splice(0).map((child) => child.stop(3_000))));

function spawnNode(script: string): number {
  const child = new Child({ command: [process.execPath, '-e', script], env: process.env });
  children.push(child);
  return child.pid ?? 0;
}

describe.skipIf(!usageKnown)('usage (needs /proc: Linux)', () => {
  test('CPU time grows while a process works', async () => {
    const pid = spawnNode('for (;;);');
    const before = readUsage([pid]).cpuSeconds;
    await until(() => readUsage([pid]).cpuSeconds >= before + 0.2);
  });

  test('counts the helpers of a process', async () => {
    const pid = spawnNode(`
      require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      setInterval(() => {}, 1000)`);
    await until(() => readUsage([pid]).processes === 2);
  });

  test('leaves out the helpers of a process that stands alone', async () => {
    const pid = spawnNode(`
      require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      setInterval(() => {}, 1000)`);
    await until(() => readUsage([pid]).processes === 2);
    expect(readUsage([], [pid]).processes).toBe(1);
  });

  test('keeps the CPU time of helpers that have ended', async () => {
    const pid = spawnNode(`
      require('node:child_process').execFileSync(process.execPath, ['-e', 'while (process.cpuUsage().user < 400_000);']);
      setInterval(() => {}, 1000)`);
    await until(() => readUsage([pid]).endedCpuSeconds >= 0.3 && readUsage([pid]).processes === 1);
  });

  test('holds memory of the size of a Node process', async () => {
    const pid = spawnNode('setInterval(() => {}, 1000)');
    await until(() => readUsage([pid]).memoryBytes > 5e6);
    expect(readUsage([pid]).memoryBytes).toBeLessThan(500e6);
  });

  test('a process that is gone has and uses nothing', async () => {
    const pid = spawnNode('');
    await children[0]?.exited;
    expect(readUsage([pid])).toEqual({ cpuSeconds: 0, endedCpuSeconds: 0, memoryBytes: 0, processes: 0 });
  });
});
