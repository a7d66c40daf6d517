import { CoreV1Api } from '@kubernetes/client-node';
import type { Cluster } from '../api/index.ts';

/** What a kubelet counts of one container. */
export interface Reading {
  namespace: string;
  pod: string;
  container: string;
  /** When it was counted, in milliseconds. */
  time: number;
  cpuSeconds: number;
  /** Working set. */
  memoryBytes: number;
}

/**
 * Asks the kubelet of a node, through the cluster's API, what its containers use.
 *
 * @throws Error when that is not allowed, or the kubelet does not answer.
 */
export async function readKubelet(cluster: Cluster, node: string): Promise<Reading[]> {
  const api = cluster.makeApiClient(CoreV1Api);
  return parseMetrics(await api.connectGetNodeProxyWithPath({ name: node, path: 'metrics/resource' }));
}

/** A line of the kubelet's metrics: name, labels, value, time. */
const line = /^(container_cpu_usage_seconds_total|container_memory_working_set_bytes)\{([^}]*)\} (\S+) (\d+)$/gm;

/** Containers of which both CPU and memory are told, in the text format of Prometheus. */
export function parseMetrics(text: string): Reading[] {
  const readings = new Map<string, Partial<Reading>>();
  for (const [, metric, labels = '', value, time] of text.matchAll(line)) {
    const reading = readings.get(labels) ?? {};
    readings.set(labels, reading);
    if (metric === 'container_cpu_usage_seconds_total') {
      Object.assign(reading, { cpuSeconds: Number(value), time: Number(time) });
    } else reading.memoryBytes = Number(value);
  }
  return [...readings].flatMap(([labels, { cpuSeconds, memoryBytes, time }]) => {
    if (cpuSeconds === undefined || memoryBytes === undefined || time === undefined) return [];
    const label = (name: string): string => new RegExp(`(?:^|,)${name}="([^"]*)"`).exec(labels)?.[1] ?? '';
    return [
      {
        namespace: label('namespace'),
        pod: label('pod'),
        container: label('container'),
        time,
        cpuSeconds,
        memoryBytes,
      },
    ];
  });
}
