import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Two ways to one server: `/same` passes a request on, `/slower` keeps its answer back for a share of the time it took. */
export interface Proxy {
  url(way: 'same' | 'slower'): string;
  close(): Promise<void>;
}

export async function startProxy(to: string, share: number): Promise<Proxy> {
  const server = createServer((incoming, outgoing) => {
    const since = performance.now();
    const onward = request(to, { method: incoming.method, headers: incoming.headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const delay = incoming.url === '/slower' ? share * (performance.now() - since) : 0;
        const send = (): ServerResponse =>
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(Buffer.concat(chunks));
        waitUntil(performance.now() + delay, send);
      });
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: (way) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${way}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Timers are a millisecond coarse, so the rest is looked at turn by turn. */
function waitUntil(time: number, then: () => void): void {
  const left = time - performance.now();
  if (left <= 0) then();
  else if (left > 2) setTimeout(() => waitUntil(time, then), left - 2);
  else setImmediate(() => waitUntil(time, then));
}
