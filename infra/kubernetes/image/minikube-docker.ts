import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as pulumi from '@pulumi/pulumi';
import { z } from 'zod';

const environment = z.object({ DOCKER_HOST: z.string().min(1), DOCKER_CERT_PATH: z.string().min(1).optional() });

/** Where a Docker daemon is, as its provider takes it. */
export interface Daemon {
  host: string;
  certPath?: string;
}

/**
 * The Docker daemon inside a Minikube cluster: what it builds is on the node.
 * @param profile The Minikube cluster, which has its context's name.
 * @throws RunError when Minikube cannot be asked.
 */
export async function minikubeDaemon(profile: string): Promise<Daemon> {
  const { DOCKER_HOST: host, DOCKER_CERT_PATH: certPath } = parseEnvironment(await ask(profile));
  return { host, ...(certPath !== undefined && { certPath }) };
}

async function ask(profile: string): Promise<string> {
  const run = promisify(execFile);
  try {
    const { stdout } = await run('minikube', ['-p', profile, 'docker-env', '--shell', 'none'], { encoding: 'utf8' });
    return stdout;
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim() : String(error);
    throw new pulumi.RunError(
      `image:delivery = minikube-docker: Minikube does not tell where its Docker daemon is. Is "${profile}", the cluster's context, a profile of Minikube that runs, with the docker runtime? ${reason}`,
    );
  }
}

/** Reads what `minikube docker-env --shell none` prints: a variable a line. */
export function parseEnvironment(printed: string): z.infer<typeof environment> {
  const pairs = printed.split('\n').flatMap((line) => {
    const match = /^(?:export )?([A-Z_]+)="?(.*?)"?$/.exec(line.trim());
    return match === null ? [] : [[match[1], match[2]]];
  });
  const { data, error } = environment.safeParse(Object.fromEntries(pairs));
  if (error) throw new pulumi.RunError('image:delivery = minikube-docker: minikube docker-env names no DOCKER_HOST.');
  return data;
}
