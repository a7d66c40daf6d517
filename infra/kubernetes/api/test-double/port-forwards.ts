import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { kubeconfigOf } from './cluster.ts';

/** The part of the WebSockets library that is used here: that of Kubernetes' own client, which brings no types. */
interface WebSocket extends EventEmitter {
  send(data: Buffer): void;
  close(): void;
  terminate(): void;
}
interface WebSocketServer {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, use: (channel: WebSocket) => void): void;
}
const ofProject = createRequire(import.meta.url);
const { WebSocketServer } = createRequire(ofProject.resolve('@kubernetes/client-node'))('ws') as {
  WebSocketServer: new (options: object) => WebSocketServer;
};

/** A pod of the double: what it answers on a port, and whether it is ready. */
export interface PodDouble {
  ready?: boolean;
  /** Names of its ports. */
  ports?: Record<string, number>;
}

/**
 * A test double: the part of the Kubernetes API that finds a Service's pods and forwards to their ports, over real HTTP
 * and WebSockets (v4.channel.k8s.io). What listens in a pod answers each piece with the pod's name, the port and the
 * piece in capitals, and hangs up after `bye`.
 */
export class PortForwardsDouble {
  /** The content of a kubeconfig that leads here. */
  readonly kubeconfig: string;
  /** By name, all of the namespace faceoff; in the order in which the API lists them. */
  readonly pods = new Map<string, PodDouble>();
  /** The ports of the one Service, which is called web and selects all pods. */
  servicePorts: { port: number; targetPort?: number | string }[] = [];
  /** The status with which a port-forward is refused, as a kubelet that is gone makes it. */
  refusal: number | undefined;
  /** Emits `request` with each path that is asked for, before it is answered. */
  readonly events = new EventEmitter();
  readonly #server: ReturnType<typeof createServer>;
  readonly #channels = new Set<WebSocket>();

  private constructor(server: ReturnType<typeof createServer>) {
    this.#server = server;
    this.kubeconfig = kubeconfigOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  static async start(): Promise<PortForwardsDouble> {
    const channels = new WebSocketServer({ noServer: true, handleProtocols: () => 'v4.channel.k8s.io' });
    const server = createServer((request, response) => double.#answer(request, response));
    server.on('upgrade', (request, socket, head) => {
      const [pod, port] = double.#asked(request);
      if (double.refusal !== undefined || !double.pods.has(pod)) {
        const status = double.refusal ?? 404;
        socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      channels.handleUpgrade(request, socket, head, (channel) => double.#serve(channel, pod, port));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const double = new PortForwardsDouble(server);
    return double;
  }

  /** How many port-forwards are open. */
  get open(): number {
    return this.#channels.size;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    for (const channel of this.#channels) channel.terminate();
    await closed;
  }

  #asked({ url = '/' }: IncomingMessage): [pod: string, port: number] {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    this.events.emit('request', pathname);
    const [, pod = ''] = /^\/api\/v1\/namespaces\/faceoff\/pods\/([^/]+)\/portforward$/.exec(pathname) ?? [];
    return [pod, Number(searchParams.get('ports'))];
  }

  #serve(channel: WebSocket, pod: string, port: number): void {
    this.#channels.add(channel);
    channel.on('close', () => this.#channels.delete(channel));
    const number = Buffer.alloc(2);
    number.writeUInt16LE(port);
    // Each of the two streams, of data and of errors, begins with its port.
    for (const stream of [0, 1]) channel.send(Buffer.concat([Buffer.of(stream), number]));
    channel.on('message', (message: Buffer) => {
      const piece = message.subarray(1).toString();
      channel.send(Buffer.concat([Buffer.of(0), Buffer.from(`${pod}:${port} ${piece.toUpperCase()}`)]));
      if (piece === 'bye') channel.close();
    });
  }

  #answer({ url = '/' }: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    this.events.emit('request', pathname);
    const found = this.#read(pathname, searchParams.get('labelSelector'));
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ?? { kind: 'Status', code: 404, message: `${pathname} not found` }));
  }

  #read(path: string, selector: string | null): unknown {
    if (path === '/api/v1/namespaces/faceoff/services/web') {
      return { metadata: { name: 'web' }, spec: { selector: { app: 'web' }, ports: this.servicePorts } };
    }
    const pods = [...this.pods].map(([name, { ready = true, ports = {} }]) => ({
      metadata: { name },
      spec: {
        containers: [{ ports: Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort })) }],
      },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
    }));
    if (path === '/api/v1/namespaces/faceoff/pods') return { items: selector === 'app=web' ? pods : [] };
    return pods.find(({ metadata }) => path === `/api/v1/namespaces/faceoff/pods/${metadata.name}`);
  }
}
