import { inject } from 'vitest';
import { run } from './cluster.ts';

/** Builds an image of a test double from a folder with a Dockerfile, and brings it to the node. */
export async function buildOnNode(image: string, folder: string): Promise<void> {
  const { env, config } = inject('cluster');
  await run('docker', ['build', '--tag', image, folder], env);
  await run('sh', ['-c', config['image:command'] ?? 'minikube -p minikube image load "$IMAGE"'], {
    ...env,
    IMAGE: image,
  });
}
