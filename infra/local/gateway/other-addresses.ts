import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, createServer, type Server as Listener } from 'node:net';

/**
 * Takes connections at further addresses for a server, on its port: Node listens at one address of a name alone, and
 * `localhost` may have one of each family. Those that cannot be listened at are left out, as the server has one already.
 *
 * @returns what listens there, to be closed when the server is.
 */
export async function listenAt(addresses: readonly string[], server: Server): Promise<Listener[]> {
  const { address, port } = server.address() as AddressInfo;
  const listeners: Listener[] = [];
  for (const host of addresses) {
    if (host === address) continue;
    // As Node's server of HTTP has them.
    const listener = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
      server.emit('connection', socket),
    );
    listener.maxConnections = server.maxConnections;
    const listening = once(listener.listen({ host, port }), 'listening');
    if (await listening.then(() => true).catch(() => false)) listeners.push(listener);
  }
  return listeners;
}
