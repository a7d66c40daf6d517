import { once } from 'node:events';
import { createServer } from 'node:net';

/** Where everything local listens. */
export const loopback = '127.0.0.1';

/**
 * A port of 127.0.0.1 that nobody listens on now. Another program may take it before it is used: who uses it has to
 * expect EADDRINUSE.
 */
export async function freePort(): Promise<number> {
  return listenOnce(0);
}

/** @throws Error that names the port when another program listens on it, or this user may not. */
export async function checkPort(port: number): Promise<void> {
  await listenOnce(port).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be used (${error.message})`;
    throw new Error(`port ${port} on ${loopback} ${why}: choose another port, or 0 for any free one`);
  });
}

async function listenOnce(port: number): Promise<number> {
  const server = createServer().listen(port, loopback);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return address.port;
}
