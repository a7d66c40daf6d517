import * as kubernetes from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ClusterDouble } from '../api/test-double/cluster.ts';
import { EngineDouble } from '../test-double/engine.ts';
import { serviceUrl, urlInside } from './url.ts';

let cluster: ClusterDouble;
beforeEach(async () => {
  cluster = await ClusterDouble.start();
});
afterEach(() => cluster.close());

async function service(type: 'NodePort' | 'ClusterIP', clusterIP = '10.0.0.7'): Promise<kubernetes.core.v1.Service> {
  const ports = [{ port: 8080, nodePort: 30_123 }];
  await EngineDouble.start('dev', (_, inputs) => ({ ...inputs, spec: { type, clusterIP, ports } }));
  return new kubernetes.core.v1.Service('web', {
    metadata: { name: 'web', namespace: 'faceoff' },
    spec: { type, ports: [{ port: 8080 }] },
  });
}

const value = (output: pulumi.Output<string>): Promise<string> => new Promise((resolve) => output.apply(resolve));
const byNodePort = { exposure: { service: 'NodePort' as const }, kubernetes: {} };

test('a NodePort is reached at the host of the configuration', async () => {
  const config = { ...byNodePort, exposure: { ...byNodePort.exposure, host: '127.0.0.1' } };
  expect(await value(serviceUrl(await service('NodePort'), config))).toBe('http://127.0.0.1:30123');
});

test.each([
  ['192.0.2.4', 'http://192.0.2.4:30123'],
  ['2001:db8::4', 'http://[2001:db8::4]:30123'],
])("without one, at a node's own address: %s", async (address, url) => {
  cluster.nodeAddresses = [
    { type: 'Hostname', address: 'node-1' },
    { type: 'InternalIP', address },
  ];
  const config = { ...byNodePort, kubernetes: { kubeconfig: cluster.kubeconfig } };
  expect(await value(serviceUrl(await service('NodePort'), config))).toBe(url);
});

test.each([
  ['10.0.0.7', 'http://10.0.0.7:8080'],
  ['fd00::7', 'http://[fd00::7]:8080'],
])('a ClusterIP is reached at its own address, and no node is asked: %s', async (address, url) => {
  const config = { exposure: { service: 'ClusterIP' as const }, kubernetes: {} };
  expect(await value(serviceUrl(await service('ClusterIP', address), config))).toBe(url);
});

test('inside the cluster it has a name', async () => {
  expect(await value(urlInside(await service('NodePort')))).toBe('http://web.faceoff.svc:8080');
});

test.each(['NodePort', 'ClusterIP'] as const)('a %s that no cluster has made yet has no URL', async (type) => {
  await EngineDouble.start('dev', (_, inputs) => inputs);
  const planned = new kubernetes.core.v1.Service('web', { spec: { type, ports: [{ port: 8080 }] } });
  const url = serviceUrl(planned, { exposure: { service: type, host: '127.0.0.1' }, kubernetes: {} });
  expect(await (url as unknown as { isKnown: Promise<boolean> }).isKnown).toBe(false);
});
