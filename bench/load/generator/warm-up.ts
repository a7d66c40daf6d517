import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clockOrigin, now } from '../clock.ts';
import type { SharedPhoto } from './messages.ts';
import { Sender } from './sender.ts';

/** Enough for undici's parser to be compiled, and the hottest code to be optimised. */
const arrivals = { kind: 'constant', rate: 1000, seconds: 0.5 } as const;

/**
 * Sends a schedule to a server within this very thread, so that the first requests that count are not sent by cold
 * code. The target sees nothing of it.
 */
export async function warmUp(): Promise<void> {
  const server = createServer((request, response) => request.resume().once('end', () => response.end('{}')));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const photos: SharedPhoto[] = [{ name: '', bytes: Buffer.from('x'), contentType: 'text/plain' }];
  const order = { url, photos, timeoutMs: 10_000, arrivals, clockOrigin: clockOrigin(), start: now() };
  await new Promise<void>((resolve) => {
    new Sender(order, (news) => {
      if ('lateness' in news) resolve();
    });
  });
  server.closeAllConnections();
  server.close();
}
