import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { z } from 'zod';
import { isContent } from '../../config/kubeconfig.ts';

/** Which cluster: as the Kubernetes provider of Pulumi takes it. */
export const clusterOptionsSchema = z.object({
  /**
   * The path, which may begin with ~/, or the content of a kubeconfig; without it, KUBECONFIG, ~/.kube/config, or that
   * of the pod this runs in.
   */
  kubeconfig: z.string().optional(),
  /** The current one unless given. */
  context: z.string().optional(),
});
export type ClusterOptions = z.infer<typeof clusterOptionsSchema>;

/** A cluster that can be asked. Nothing is sent to it yet. */
export type Cluster = KubeConfig;

/** @throws Error that says what is missing: the kubeconfig, or the context in it. It shows nothing of a content. */
export function connect({ kubeconfig, context }: ClusterOptions = {}): Cluster {
  const cluster = new KubeConfig();
  try {
    load(cluster, kubeconfig);
  } catch (error) {
    throw withoutContent(error);
  }
  if (context !== undefined) choose(cluster, context);
  if (cluster.getCurrentCluster() === null) {
    throw new Error('the kubeconfig has no current context: name one by kubernetes:context');
  }
  return cluster;
}

function load(cluster: KubeConfig, kubeconfig: string | undefined): void {
  if (kubeconfig === undefined) loadDefault(cluster);
  else if (isContent(kubeconfig)) cluster.loadFromString(kubeconfig);
  else loadFile(cluster, kubeconfig);
}

/** The library's YAML parser quotes what is around a fault, and there are keys in it. */
function withoutContent(error: unknown): unknown {
  if (error instanceof TypeError) return new Error('the kubeconfig is empty, or something else than a kubeconfig');
  if (!(error instanceof Error && error.name === 'YAMLException')) return error;
  const { mark } = error as Error & { mark?: { line: number; column: number } };
  const where = mark === undefined ? '' : `; line ${mark.line + 1}, column ${mark.column + 1} is wrong`;
  return new Error(`the kubeconfig is not YAML${where}`);
}

function choose(cluster: KubeConfig, context: string): void {
  const names = cluster.getContexts().map(({ name }) => name);
  if (!names.includes(context)) {
    throw new Error(`the kubeconfig has no context ${context}; it has ${names.join(', ') || 'none'}`);
  }
  cluster.setCurrentContext(context);
}

function loadFile(cluster: KubeConfig, path: string): void {
  // As Pulumi's own provider reads it: no shell has seen a path that a stack's configuration holds.
  const file = path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
  if (!existsSync(file)) throw new Error(`kubeconfig ${file}: there is no such file`);
  cluster.loadFromFile(file);
}

function loadDefault(cluster: KubeConfig): void {
  cluster.loadFromDefault();
  // What the library makes up when it finds nothing.
  if (
    cluster.getCurrentCluster()?.server === 'http://localhost:8080' &&
    cluster.getCurrentContext() === 'loaded-context'
  ) {
    throw new Error('no cluster is known: set KUBECONFIG, or kubernetes:kubeconfig');
  }
}
