import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { run } from '../cluster.ts';
import { buildOnNode } from '../node-image.ts';

/** The configuration that a hybrid's router needs: Debian's HAProxy on a node that reaches no registry. */
export async function prepareRouter(): Promise<Record<string, string>> {
  if (inject('cluster').kind !== 'own') return {};
  const image = 'faceoff/test-haproxy:2.6';
  const folder = await mkdtemp(join(tmpdir(), 'faceoff-haproxy-'));
  try {
    await run(fileURLToPath(new URL('./build.sh', import.meta.url)), [folder], process.env);
    await buildOnNode(image, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
  return { 'hybrid:routerImage': image };
}
