/** How long the gateway bears with a client, and with how many. */
export interface ClientLimits {
  /** A client has this long to send its headers, and to take what it was sent. */
  seconds: number;
  /** It has this long to send a whole request, in seconds: more, as a body is not read until a replica is there for it. */
  requestSeconds: number;
  /** Connections at once; one more is closed. */
  maxConnections: number;
}

export const defaultClientLimits: ClientLimits = { seconds: 30, requestSeconds: 90, maxConnections: 4000 };

/** How often it is looked for clients that are out of time, in milliseconds. */
const checkEvery = 1000;

/** How long a connection may wait for its next request, in milliseconds. */
const keepAliveMs = 72_000;

/** The limits on time as Node's server takes them. */
export function serverLimits({ seconds, requestSeconds }: ClientLimits) {
  return {
    headersTimeout: seconds * 1000,
    requestTimeout: requestSeconds * 1000,
    connectionsCheckingInterval: checkEvery,
    keepAliveTimeout: keepAliveMs,
  };
}
