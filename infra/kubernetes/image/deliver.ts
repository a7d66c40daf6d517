import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How an image gets from the Docker daemon to the nodes. A command need not be told the context, which tells the cluster. */
export type Way = { by: 'minikube'; profile: string } | { by: 'command'; command: string; context: string };

interface Context {
  signal: AbortSignal;
  progress(line: string): void;
}

/**
 * Brings an image to the nodes.
 * @throws Error that says what failed, with the last lines that it printed.
 */
export async function deliver(image: string, way: Way, context: Context): Promise<void> {
  if (way.by === 'command') {
    await run('image:command', ['sh', '-c', way.command], { IMAGE: image }, context);
    return;
  }
  const minikube = ['minikube', '-p', way.profile, 'image'];
  await run(
    `minikube image load into "${way.profile}", the cluster's context,`,
    [...minikube, 'load', image],
    {},
    context,
  );
  // Minikube ends with success even where it could not load the image.
  const there = await run('minikube image ls', [...minikube, 'ls'], {}, { ...context, progress: () => {} });
  if (!there.some((line) => line === image || line.endsWith(`/${image}`))) {
    throw new Error(`minikube image load: ${image} is not on the node "${way.profile}" afterwards. Try it by hand.`);
  }
}

/** Lines of output that an error repeats. */
const told = 5;

function run(name: string, [program = '', ...args]: string[], env: NodeJS.ProcessEnv, { signal, progress }: Context) {
  return new Promise<string[]>((resolve, reject) => {
    const lines: string[] = [];
    // A group of its own, so that all of it can be ended.
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        lines.push(line);
        progress(line);
      });
    }
    const stop = () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    child.once('error', (error) => reject(new Error(`${name} cannot be run: ${error.message}`, { cause: error })));
    child.once('close', (status, killed) => {
      signal.removeEventListener('abort', stop);
      if (status === 0) return resolve(lines);
      const ended = status === null ? `was ended by ${killed}` : `failed with status ${status}`;
      reject(new Error([`${name} ${ended}`, ...lines.slice(-told)].join('\n')));
    });
  });
}
