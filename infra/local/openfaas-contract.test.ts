import { testOpenfaasContract } from '../../test/openfaas-contract.ts';
import { startLocal } from './start-local.ts';
import { testDouble } from './test-double/index.ts';

testOpenfaasContract('the local gateway', async () => {
  const { gateway, stop } = await startLocal({ command: testDouble, architectures: ['serverless'] });
  if (gateway === undefined) throw new Error('serverless was started without a gateway');
  const metricsUrl = `${gateway.url}/metrics`;
  return { gateway: { ...gateway, namespace: 'openfaas-fn', body: 'body', metricsUrl }, stop };
});
