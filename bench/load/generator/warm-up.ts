import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Connections } from './connections.ts';

/** Enough for undici's parser to be compiled, and the hottest code to be optimised. */
const requests = 300;

/**
 * Sends requests to a server within this very thread, so that the first that count are not sent by cold code. The
 * target sees nothing of it.
 */
export async function warmUp(): Promise<void> {
  const server = createServer((request, response) => request.resume().once('end', () => response.end('{}')));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connections = new Connections(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    for (let count = 0; count < requests; count += 1) {
      await new Promise<void>((resolve, reject) => {
        connections.dispatch(
          { method: 'POST', path: '/', body: 'x' },
          { onHead: () => undefined, onEnd: resolve, onError: reject },
        );
      });
    }
  } finally {
    connections.close();
    server.closeAllConnections();
    server.close();
  }
}
