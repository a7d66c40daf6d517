import { afterEach, expect, test } from 'vitest';
import { parseDeployment } from './function/index.ts';
import { TestGateway } from './test-gateway.ts';

let gateway: TestGateway;
afterEach(() => gateway.close());

test('a function that is adopted keeps its replicas, and is called as any other', async () => {
  gateway = await TestGateway.start();
  gateway.functions.adopt(parseDeployment({ service: 'f', image: 'double' }, 'openfaas-fn'));
  expect(gateway.functions.get('f').replicas.desired).toBe(0);
  const { statusCode, body } = await gateway.call();
  await body.dump();
  expect(statusCode).toBe(200);
  expect(gateway.functions.get('f').replicas.desired).toBe(1);
});

test('an adopted function has its name for itself', async () => {
  gateway = await TestGateway.start();
  const deployment = parseDeployment({ service: 'f', image: 'double' }, 'openfaas-fn');
  gateway.functions.adopt(deployment);
  expect(() => gateway.functions.deploy(deployment)).toThrow(/already exists/);
});
