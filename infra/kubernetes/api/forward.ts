import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { CoreV1Api, PortForward, type V1Pod } from '@kubernetes/client-node';
import type { Cluster } from './connect.ts';
import { existing, isMissing } from './existing.ts';
import { labelSelector } from './label-selector.ts';
import { isReady } from './pod.ts';

/** Where connections end: a port of a Service, or of a pod. */
export type ForwardTo = { namespace: string; port: number } & ({ service: string } | { pod: string });

export interface Forward {
  /** http://127.0.0.1:PORT */
  url: string;
  close(): Promise<void>;
}

/** No pod is ready behind a Service. */
class NoReadyPod extends Error {}

/** Whether `forward` failed since there is nothing to forward to, now or at all. */
export function nothingToForwardTo(error: unknown): boolean {
  return error instanceof NoReadyPod || isMissing(error);
}

/**
 * Listens on a free port of 127.0.0.1 and passes each connection on through the Kubernetes API, so it works from any
 * machine with a kubeconfig. A Service's ready pod is looked up for each connection: when one goes, the next is used.
 *
 * @throws Error when nothing is there to forward to.
 */
export async function forward(cluster: Cluster, to: ForwardTo, signal?: AbortSignal): Promise<Forward> {
  signal?.throwIfAborted();
  await check(cluster, to);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    pass(cluster, to, socket).catch(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  let closed: Promise<unknown> | undefined;
  const stop = () => void close();
  const close = async (): Promise<void> => {
    signal?.removeEventListener('abort', stop);
    if (closed === undefined) {
      closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
    }
    await closed;
  };
  if (signal?.aborted) {
    await close();
    throw signal.reason;
  }
  signal?.addEventListener('abort', stop);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

async function pass(cluster: Cluster, to: ForwardTo, socket: Socket): Promise<void> {
  // Nothing is read until there is someone to give it to.
  socket.pause();
  const { pod, port } = await findPod(cluster, to);
  const channel = await new PortForward(cluster).portForward(to.namespace, pod, [port], socket, null, socket);
  if (typeof channel === 'function') throw new Error('the port-forward is not a single connection');
  channel.on('close', () => socket.end()).on('error', () => socket.destroy());
  socket.on('close', () => channel.close());
  // A pause that was asked for does not end by itself when there is a listener.
  socket.resume();
  if (socket.destroyed) channel.close();
}

/** That there is something to forward to. A connection that fails later can only be ended, without a reason. */
async function check(cluster: Cluster, to: ForwardTo): Promise<void> {
  if (!('pod' in to)) return void (await findPod(cluster, to));
  const { namespace, pod: name } = to;
  await existing(cluster.makeApiClient(CoreV1Api).readNamespacedPod({ namespace, name }), `pod ${namespace}/${name}`);
}

/** The pod and its own port. */
async function findPod(cluster: Cluster, to: ForwardTo): Promise<{ pod: string; port: number }> {
  const { namespace, port } = to;
  if ('pod' in to) return { pod: to.pod, port };
  const api = cluster.makeApiClient(CoreV1Api);
  const asked = api.readNamespacedService({ namespace, name: to.service });
  const { spec } = await existing(asked, `Service ${namespace}/${to.service}`);
  const targetPort = spec?.ports?.find((each) => each.port === port)?.targetPort ?? port;
  const selected = labelSelector(spec?.selector);
  const { items } = await api.listNamespacedPod({ namespace, labelSelector: selected });
  const ready = items.find(isReady);
  if (ready?.metadata?.name === undefined) {
    throw new NoReadyPod(`no pod behind the Service ${namespace}/${to.service} is ready`);
  }
  return { pod: ready.metadata.name, port: Number(targetPort) || namedPort(ready, String(targetPort)) || port };
}

function namedPort({ spec }: V1Pod, name: string): number | undefined {
  return spec?.containers.flatMap(({ ports }) => ports ?? []).find((port) => port.name === name)?.containerPort;
}
