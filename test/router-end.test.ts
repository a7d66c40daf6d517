import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { findRouter } from '../infra/local/index.ts';
import { freePort } from '../infra/local/process/index.ts';
import { routerConfig } from '../infra/router/index.ts';

const missing = await findRouter();
const inFlight = 3;

/** Something that answers requests, its checks at once. @returns its address. */
async function startAnswering(): Promise<string> {
  const server = createServer(({ url }, answer) => {
    setTimeout(() => answer.end(), url === '/' || url === '/function/f' ? 300 : 0);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Whether somebody takes connections there. */
function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}

/** HAProxy as a hybrid's router. @returns its port, and how it is told to end. */
async function startRouter(): Promise<{ port: number; end(): void }> {
  const folder = await mkdtemp(join(tmpdir(), 'faceoff-router-'));
  const [port, metrics] = [await freePort(), await freePort()];
  const text = routerConfig({
    global: [],
    base: [{ name: 'base-1', address: await startAnswering() }],
    inFlight,
    overflow: 'enabled',
    function: { address: await startAnswering(), path: '/function/f' },
    metricsAddress: `127.0.0.1:${metrics}`,
    overflowSocket: join(folder, 'overflow.sock'),
  });
  await writeFile(join(folder, 'haproxy.cfg'), text);
  const env = { ...process.env, HOST: '127.0.0.1', PORT: String(port) };
  const router = spawn('haproxy', ['-db', '-f', join(folder, 'haproxy.cfg')], { env, stdio: 'ignore' });
  onTestFinished(async () => {
    router.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });
  while (!(await isOpen(port))) await sleep(20);
  return { port, end: () => void router.kill('SIGUSR1') };
}

/** Sends a request on each connection at once. @returns the statuses. */
function askAll(clients: readonly Client[]): Promise<number[]> {
  return Promise.all(
    clients.map(async (client) => {
      const { statusCode, body } = await client.request({ method: 'POST', path: '/', body: 'picture' });
      await body.dump();
      return statusCode;
    }),
  );
}

const skipped = missing === undefined ? '' : ` (${missing})`;
test.skipIf(missing !== undefined)(`a router that ends loses no request on a kept connection${skipped}`, async () => {
  const { port, end } = await startRouter();
  const clients = Array.from({ length: inFlight + 7 }, () => new Client(`http://127.0.0.1:${port}`));
  onTestFinished(async () => void (await Promise.all(clients.map((client) => client.destroy()))));
  const all = clients.map(() => 200);
  expect(await askAll(clients)).toEqual(all);
  end();
  while (await isOpen(port)) await sleep(20);
  // More than the base may have: the others find that the way to the function has gone with the router's listeners.
  expect(await askAll(clients)).toEqual(all);
});
