import { type AddressInfo, createServer, type Socket } from 'node:net';

/**
 * A test double: a real TCP server that does to each connection what the test says, for what no HTTP server would do.
 * It counts requests by the end of their headers' first line, so a connection that is kept counts each.
 */
export async function startRawServer(
  onRequest: (socket: Socket, request: number) => void,
): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  let requests = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      if (chunk.includes(' HTTP/1.1\r\n')) onRequest(socket, requests++);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
