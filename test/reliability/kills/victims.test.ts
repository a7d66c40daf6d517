import { spawn } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { seeded } from '../../../bench/stats/index.ts';
import type { LocalPlatform } from '../../../infra/local/index.ts';
import { freePort } from '../../../infra/local/process/index.ts';
import { Victims } from './victims.ts';

/** Starts a process that looks like the server on a port, and does nothing. */
function startDouble(port: number) {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { env: { PORT: String(port) } });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** A double of a platform with a server alone, which is as ready as it is told. */
function double(port: number, ready: () => number): LocalPlatform {
  const url = `http://127.0.0.1:${port}/`;
  const replicas = async () => ({ ready: ready(), desired: 1 });
  return {
    targets: [{ name: 'server', architecture: 'server', platform: 'local', url, replicas }],
    gateway: { url, user: 'admin', password: 'none', passwordFile: '/nowhere', image: 'none' },
    stop: async () => undefined,
  };
}

test.skipIf(process.platform !== 'linux')(
  'a victim that is not back in time is a fault (needs /proc: Linux)',
  async () => {
    const port = await freePort();
    startDouble(port);
    const victims = new Victims(
      double(port, () => 0),
      200,
    );
    await expect(victims.kill('server', seeded(1))).rejects.toThrow(
      'the server that was killed is not back after 0.2 s',
    );
  },
);

test.skipIf(process.platform !== 'linux')(
  'a victim is back when all are ready again (needs /proc: Linux)',
  async () => {
    const port = await freePort();
    const dies = startDouble(port);
    let ready = 0;
    dies.once('exit', () => {
      startDouble(port);
      setTimeout(() => {
        ready = 1;
      }, 300);
    });
    const victims = new Victims(
      double(port, () => ready),
      30_000,
    );
    const { at, backAt } = await victims.kill('server', seeded(1));
    expect(backAt - at).toBeGreaterThanOrEqual(300);
  },
);
