import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** A client that has connected has this long to send its first request, in milliseconds. */
const firstRequest = 1000;

/**
 * Connections between two requests are left open for this long, in milliseconds: a client that is just sending its next
 * request gets an answer, which closes its connection in order, and not a reset.
 */
const nextRequest = 500;

/**
 * Prepares an app to be closed without cutting off a request that it has accepted.
 * @returns a function that soon takes no more connections and resolves when every one is closed: those between two requests
 * and those before their first soon, others after their answer, and after `seconds` those whose client is still not done.
 */
export function drainable(app: FastifyInstance, seconds: number): () => Promise<void> {
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return async () => {
    const closeAll = setTimeout(() => {
      console.error(`Connections that were not done after ${seconds} s are closed.`);
      app.server.closeAllConnections();
    }, seconds * 1000);
    if (sockets.size > 0) {
      await sleep(Math.min(nextRequest, seconds * 1000));
    }
    // Node takes a connection that has not sent anything for a busy one.
    const closeSilent = setTimeout(() => {
      for (const socket of sockets) {
        if (socket.bytesRead === 0) {
          socket.destroy();
        }
      }
    }, firstRequest);
    await app.close();
    clearTimeout(closeSilent);
    clearTimeout(closeAll);
  };
}
