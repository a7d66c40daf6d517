import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '../api/index.ts';
import { ClusterDouble } from '../api/test-double/cluster.ts';
import { nodeAddress } from './node-address.ts';

let cluster: ClusterDouble;
beforeEach(async () => {
  cluster = await ClusterDouble.start();
});
afterEach(() => cluster.close());

test('a node that tells no address is told with what to set', async () => {
  cluster.nodeAddresses = [{ type: 'Hostname', address: 'node-1' }];
  await expect(nodeAddress(connect({ kubeconfig: cluster.kubeconfig }))).rejects.toThrow('set exposure:host');
});
