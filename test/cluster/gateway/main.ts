import { CoreV1Api } from '@kubernetes/client-node';
import { type Cluster, connect, follow, isReady } from '../../../infra/kubernetes/api/index.ts';
import { defaultLimits, Functions, openfaasTiming, serve } from '../../../infra/local/gateway/index.ts';
import { readConfig } from './config.ts';
import { PodKind } from './pod-kind.ts';

/** A double of OpenFaaS's gateway and provider in a cluster: the local gateway, whose replicas are pods. */
async function main(): Promise<void> {
  const { port, password, systemNamespace, functionNamespace, pods } = readConfig(process.env);
  const cluster = connect();
  const replicas = new PodKind({
    cluster,
    namespace: functionNamespace,
    pods,
    limits: defaultLimits,
    onLog: (line) => console.log(line),
    onGone: (name) => functions.find(name) !== undefined && functions.remove(name),
  });
  const autoscales = await followAlertmanager(cluster, systemNamespace);
  const functions = new Functions({ namespace: functionNamespace, replicas, timing: openfaasTiming, autoscales });
  for (const found of await replicas.start()) functions.adopt(found);
  const { drainTimeoutMs } = defaultLimits;
  const onListening = (url: string): void => console.log(`gateway: listening on ${url}`);
  await serve({ functions, host: '0.0.0.0', port, password, drainTimeoutMs, onListening });
}

/** Whether an Alertmanager is ready. Without one nobody tells OpenFaaS's gateway to scale. */
async function followAlertmanager(cluster: Cluster, namespace: string): Promise<() => boolean> {
  const labelSelector = 'app=alertmanager';
  const pods = await follow(cluster, {
    path: `/api/v1/namespaces/${namespace}/pods`,
    labelSelector,
    read: () => cluster.makeApiClient(CoreV1Api).listNamespacedPod({ namespace, labelSelector }),
    onChange: () => undefined,
  });
  return () => pods.list().some(isReady);
}

main().catch((error: Error) => {
  console.error(`gateway: ${error.message}`);
  process.exit(1);
});
