import { routerConfig, routerVariables } from '../../router/index.ts';

/** A function as pods of the cluster call it. */
export interface CalledFunction {
  /** Where it is called, through a gateway or an ingress. */
  url: string;
  /** By which name an ingress knows it; without it, a gateway knows it by the URL's path. */
  host?: string | undefined;
}

export interface BasePlace {
  /** How many servers there are. */
  base: number;
  /** The name of their headless Service, without the cluster's domain. */
  host: string;
  port: number;
  clusterDomain: string;
}

/** The port that the router listens on. */
export const routerPort = 8080;
/** The port of its metrics. */
export const metricsPort = 8404;
/** Where it may write. */
export const writable = '/tmp';

/** Requests that a server of the base may have at once where its variable does not say it: until that is measured. */
export const inFlightUnmeasured = 8;

/**
 * As many connections at most: HAProxy sets memory aside for all that the container might open, which is far more.
 */
const connections = 4096;
/** Seconds that requests under way get when the router is told to end. */
export const softStop = 60;

/** HAProxy's configuration for a base and a function on the cluster. */
export function routerText({ base, host, port, clusterDomain }: BasePlace, called: CalledFunction): string {
  // HAProxy looks names up as they are, without what a pod would try to add to them.
  const full = (name: string) => `${name}.${clusterDomain}`;
  const { hostname, port: calledPort, pathname } = new URL(called.url);
  return routerConfig({
    // One thread: it has a part of one core, and HAProxy would count the node's.
    global: [`maxconn ${connections}`, 'nbthread 1', `hard-stop-after ${softStop}s`],
    // Room for those that overflow, and for who asks whether the router lives.
    clients: connections / 2 - 100,
    // While servers are replaced, DNS tells of old and new ones.
    base: { address: `${full(host)}:${port}`, most: 2 * base },
    inFlight: { variable: routerVariables.inFlight, otherwise: inFlightUnmeasured },
    overflow: { variable: routerVariables.overflow, otherwise: 'enabled' },
    function: {
      address: `${full(hostname)}:${calledPort || 80}`,
      ...(called.host === undefined ? { path: pathname } : { host: called.host }),
    },
    metricsAddress: `"\${HOST}:${metricsPort}"`,
    overflowSocket: `${writable}/overflow`,
  });
}

/** Of the gateway or ingress that a function is called through. */
export function namespaceOf({ url }: CalledFunction): string {
  return new URL(url).hostname.split('.')[1] ?? '';
}
