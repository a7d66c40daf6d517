import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../test-double/index.ts';
import { TestGateway } from '../test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.start();
  await gateway.deploy();
  for (const path of ['', '.openfaas-fn', '/status?code=404']) await (await gateway.call(path)).body.dump();
});
afterAll(() => gateway.close());

const metrics = async () => (await fetch(`${gateway.url}/metrics`)).text();

test.each([
  'gateway_function_invocation_total{function_name="f.openfaas-fn",code="200"} 2',
  'gateway_function_invocation_total{function_name="f.openfaas-fn",code="404"} 1',
  'gateway_function_invocation_started{function_name="f.openfaas-fn"} 3',
  'gateway_functions_seconds_count{function_name="f.openfaas-fn",code="200"} 2',
  'gateway_service_count{function_name="f.openfaas-fn"} 1',
])('has %s', async (line) => {
  await until(async () => (await metrics()).includes(`${line}\n`));
});

test('counts the replicas wanted', async () => {
  await (await gateway.system('POST', 'scale-function/f', { replicas: 0 })).body.dump();
  expect(await metrics()).toContain('gateway_service_count{function_name="f.openfaas-fn"} 0\n');
});

test('a function that is not there leaves no trace', async () => {
  await fetch(`${gateway.url}/function/nobody`);
  expect(await metrics()).not.toContain('nobody');
});
