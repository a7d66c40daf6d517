import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Classifier } from '../classifier/classifier.ts';
import { WorkerPool } from '../classifier/worker-pool.ts';
import { post, startService } from '../test/service.ts';

const file = fileURLToPath(new URL('../test/double/worker.js', import.meta.url));

/** A picture whose every byte is this: the double of the worker goes by it. */
function grey(value: number): Promise<Buffer> {
  const background = { r: value, g: value, b: value };
  return sharp({ create: { width: 224, height: 224, channels: 3, background } })
    .png()
    .toBuffer();
}

test('a picture whose worker dies is 503, to be sent again, and the next one is answered', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const workerData = { starts: ['loads'], turn: new Int32Array(new SharedArrayBuffer(4)) };
  const pool = await WorkerPool.start({ file, execArgv: [], workerData, threads: 1, seconds: 30 });
  const limits = { threads: 1, queueLimit: 8, maxPixels: 1_000_000, maxUnpackedBytes: 1_000_000 };
  const classifier = new Classifier(pool, { model: 'double', backend: 'onnx', weights: 'synthetic' }, limits);
  onTestFinished(() => classifier.close());
  const { url } = await startService(classifier);
  const lost = await post(url, await grey(1));
  expect(lost.status).toBe(503);
  expect(lost.headers.get('retry-after')).toBe('1');
  expect(await lost.json()).toMatchObject({ code: 'WORKER_LOST' });
  expect((await post(url, await grey(0))).status).toBe(200);
  log.mockRestore();
});
