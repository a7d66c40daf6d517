import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as pulumi from '@pulumi/pulumi';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kubeconfigOf } from '../../infra/kubernetes/api/test-double/cluster.ts';
import { EngineDouble } from '../../infra/kubernetes/test-double/engine.ts';
import { runProgram, stackFile } from './made-stack.ts';

let server: Server;
/** What the cluster was asked. */
let asked: (string | undefined)[];
let engine: EngineDouble;
let outputs: Record<string, unknown>;

beforeAll(async () => {
  asked = [];
  server = createServer(({ url }, response) => {
    asked.push(url);
    response.writeHead(500).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const kubeconfig = kubeconfigOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const cluster = { 'kubernetes:kubeconfig': kubeconfig, 'kubernetes:context': 'double' };
  await preview({ ...stackFile('dev'), ...cluster });
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function preview(config: Record<string, unknown>, secrets: string[] = []): Promise<void> {
  engine = await EngineDouble.preview();
  outputs = await runProgram(config, secrets);
  await engine.done();
}

/** Names of the inputs with something in them that is not known yet. */
const unknownInputs = (type: string, name: string) =>
  Object.entries(engine.inputs(type, name)).flatMap(([key, value]) => (pulumi.containsUnknowns(value) ? [key] : []));
const isKnown = (output: unknown) => (output as { isKnown: Promise<boolean> }).isKnown;

test('the preview of a new stack asks neither the cluster nor a provider', () => {
  expect(asked).toEqual([]);
  expect(engine.calls).toEqual([]);
});

test('every resource is previewed, those with inputs that are not known yet too', () => {
  expect(unknownInputs(':ImageDelivery', 'classifier')).toEqual(['digest']);
  expect(unknownInputs(':Secret', 'basic-auth')).toEqual(['stringData']);
  expect(unknownInputs(':OpenFaasFunction', 'function')).toEqual(['function', 'password']);
  expect(unknownInputs('dynamic/faceoff:Benchmark', 'benchmark')).toEqual(['image', 'targets']);
});

test('the URLs are not known, instead of wrong', async () => {
  const urls = Object.values(outputs['urls'] as object);
  expect(urls).toHaveLength(3);
  expect(await Promise.all(urls.map(isKnown))).toEqual([false, false, false]);
});

test('nor are those that ngrok will choose', async () => {
  await preview({ ...stackFile('dev'), 'ngrok:authtoken': 'a' }, ['ngrok:authtoken']);
  expect(unknownInputs(':NgrokPublicUrl', 'server-public-url')).toEqual(['revision']);
  expect(await Promise.all(Object.values(outputs['urls'] as object).map(isKnown))).toEqual([false, false, false]);
});
