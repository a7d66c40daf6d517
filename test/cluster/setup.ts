import type { TestProject } from 'vitest/node';
import { type Cluster, openCluster } from './cluster.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    cluster: Omit<Cluster, 'close'>;
  }
}

/** One cluster for all files; it is taken down whatever became of them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { close, ...cluster } = await openCluster();
  project.provide('cluster', cluster);
  return close;
}
