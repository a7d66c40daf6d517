import { CoreV1Api, type V1Pod } from '@kubernetes/client-node';
import { type Cluster, connect, type Followed, follow, isReady } from '../../../infra/kubernetes/api/index.ts';
import {
  defaultClientLimits,
  defaultLimits,
  Functions,
  openfaasTiming,
  serve,
} from '../../../infra/local/gateway/index.ts';
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
  const alertmanager = await followAlertmanager(cluster, systemNamespace);
  const autoscales = (): boolean => alertmanager.list().some(isReady);
  const functions = new Functions({ namespace: functionNamespace, replicas, timing: openfaasTiming, autoscales });
  for (const found of await replicas.start()) functions.adopt(found);
  const { drainTimeoutMs } = defaultLimits;
  const onListening = (url: string): void => console.log(`gateway: listening on ${url}`);
  const onStopped = async (): Promise<void> => {
    await Promise.all([alertmanager.stop(), replicas.stop()]);
  };
  await serve({
    ...{ functions, host: '0.0.0.0', port, password, clients: defaultClientLimits },
    ...{ drainTimeoutMs, onListening, onStopped },
  });
}

/** Without a ready Alertmanager nobody tells OpenFaaS's gateway to scale. */
async function followAlertmanager(cluster: Cluster, namespace: string): Promise<Followed<V1Pod>> {
  const labelSelector = 'app=alertmanager';
  return follow(cluster, {
    path: `/api/v1/namespaces/${namespace}/pods`,
    labelSelector,
    read: () => cluster.makeApiClient(CoreV1Api).listNamespacedPod({ namespace, labelSelector }),
    onChange: () => undefined,
  });
}

main().catch((error: Error) => {
  console.error(`gateway: ${error.message}`);
  process.exit(1);
});
