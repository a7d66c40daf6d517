import { readFileSync } from 'node:fs';
import { inject } from 'vitest';
import { run } from './cluster.ts';

const dockerfile = readFileSync(new URL('../../app/Dockerfile', import.meta.url), 'utf8');

/** The argument with the image of Node.js that the service's own image is built on. */
function nodeImage(): string {
  const [, argument] = /^ARG (NODE_IMAGE=\S+)$/m.exec(dockerfile) ?? [];
  if (argument === undefined) throw new Error('app/Dockerfile names no NODE_IMAGE');
  return argument;
}

/** Builds an image of a test double from a folder with a Dockerfile, which may have an argument NODE_IMAGE, and brings it to the node. */
export async function buildOnNode(image: string, folder: string): Promise<void> {
  const { env, config } = inject('cluster');
  await run('docker', ['build', '--build-arg', nodeImage(), '--tag', image, folder], env);
  await run('sh', ['-c', config['image:command'] ?? 'minikube -p minikube image load "$IMAGE"'], {
    ...env,
    IMAGE: image,
  });
}
