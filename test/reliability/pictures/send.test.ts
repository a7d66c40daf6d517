import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { ServiceProcess } from '../service-process.ts';
import { HostilePictures } from './hostile.ts';
import { sendPictures } from './send.ts';

/** A double of the service that answers everything with one status. */
async function startDouble(status: number): Promise<ServiceProcess> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status).end('{}\n'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, port, pid: 0, resident: () => 0, peak: () => 0, cpu: () => 0 },
    ...{ ended: () => undefined, stderr: () => '', stop: async () => undefined },
  };
}

/** Numbers of pictures that are whole, after those of the bombs. */
async function send(status: number) {
  const pictures = await HostilePictures.make(1);
  const [from, count] = [40, 60];
  const good = { ask: async () => undefined };
  const { faults } = await sendPictures(pictures, { from, count, lanes: 4, service: await startDouble(status), good });
  const sent = await Promise.all(Array.from({ length: count }, (_, index) => pictures.picture(from + index)));
  return { faults, whole: sent.filter(({ name }) => name.endsWith(', intact')).map(({ name }) => name) };
}

test.each([400, 413, 415])('a whole picture that gets %i is a fault, and a broken one is none', async (status) => {
  const { faults, whole } = await send(status);
  expect(whole).not.toEqual([]);
  expect(faults.toSorted()).toEqual(whole.map((name) => `${name}: a whole picture gets ${status}: {}`).toSorted());
});

test.each([200, 503])('a whole picture that gets %i is no fault', async (status) => {
  expect((await send(status)).faults).toEqual([]);
});
