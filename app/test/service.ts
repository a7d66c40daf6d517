import { onTestFinished } from 'vitest';
import type { Classifier } from '../classifier/index.ts';
import { readConfig } from '../config.ts';
import { createService, type Service } from '../service/index.ts';

/** Starts a service on a free port for one test. Without a classifier it stays loading. */
export async function startService(
  classifier?: Classifier,
  env: Record<string, string> = {},
): Promise<{ service: Service; url: string }> {
  const service = createService(readConfig(env));
  const url = await service.app.listen({ host: '127.0.0.1', port: 0 });
  if (classifier !== undefined) {
    service.serve(classifier);
  }
  onTestFinished(() => {
    service.app.server.closeAllConnections();
    return service.app.close();
  });
  return { service, url };
}

export function post(
  url: string,
  body: Uint8Array<ArrayBuffer> | Buffer | string | FormData | ReadableStream,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, { method: 'POST', body, headers });
}
