import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A test double: a real HTTP server that answers as the test says, in place of a classifier. */
export interface Endpoint {
  url: string;
  /** Bodies received so far. */
  received: Buffer[];
  /** Headers of the requests received so far. */
  headers: IncomingHttpHeaders[];
  close(): Promise<void>;
}

type Answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

const classified: Answer = (_, response) => {
  const headers = { 'content-type': 'application/json', 'x-replica-id': 'double-1' };
  response.writeHead(200, headers).end('{"top":[{"class":285,"label":"Egyptian cat","probability":0.7}]}');
};

export async function startEndpoint(answer: Answer = classified): Promise<Endpoint> {
  const received: Buffer[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      received.push(body);
      headers.push(request.headers);
      answer(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    headers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A URL on which nothing listens. */
export async function deadUrl(): Promise<string> {
  const endpoint = await startEndpoint();
  await endpoint.close();
  return endpoint.url;
}
