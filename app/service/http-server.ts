import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Config } from '../config.ts';

/** How often it is looked for clients that are out of time, in milliseconds. */
const checkEvery = 1000;

/** A connection may be without a request for this long, in milliseconds; proxies give theirs up before. */
const idle = 72_000;

/**
 * Makes a server that clients cannot hold up: one that is slow to send its request gets 408, and there are no more than so
 * many connections. When there are, those that wait for a next request are closed, and the next client finds room.
 */
export function createHttpServer(
  { clientSeconds, maxConnections }: Pick<Config, 'clientSeconds' | 'maxConnections'>,
  listener: RequestListener,
): Server {
  const limits = {
    headersTimeout: clientSeconds * 1000,
    requestTimeout: clientSeconds * 1000,
    connectionsCheckingInterval: checkEvery,
    keepAliveTimeout: idle,
  };
  const server = createServer(limits, listener);
  server.maxConnections = maxConnections;
  server.on('drop', () => server.closeIdleConnections());
  return server;
}

/** Closes the connection of a client that does not take its answer. To be called when the answer is about to be written. */
export function expectReader(response: ServerResponse, seconds: number): void {
  // Once it is written, the server's limit for connections without a request comes in the place of this one.
  response.setTimeout(seconds * 1000);
}
