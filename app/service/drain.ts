import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Prepares an app to be closed without cutting off a request that it has accepted.
 * @returns a function that takes no more connections and resolves when every one is closed: at once those between two
 * requests or before their first, others after their answer, and after `seconds` those whose client is still not done.
 */
export function drainable(app: FastifyInstance, seconds: number): () => Promise<void> {
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return async () => {
    const deadline = setTimeout(() => {
      console.error(`Connections that were not done after ${seconds} s are closed.`);
      app.server.closeAllConnections();
    }, seconds * 1000);
    const closed = app.close();
    // Node counts a connection that has not sent anything as busy.
    for (const socket of sockets) {
      if (socket.bytesRead === 0) {
        socket.destroy();
      }
    }
    await closed;
    clearTimeout(deadline);
  };
}
