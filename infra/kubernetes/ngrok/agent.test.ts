import * as pulumi from '@pulumi/pulumi';
import { expect, test } from 'vitest';
import { EngineDouble } from '../test-double/engine.ts';
import { type AgentArgs, agent } from './agent.ts';
import { GatewayAgent } from './gateway-agent.ts';

const args: AgentArgs = {
  namespace: 'faceoff',
  image: 'ngrok/ngrok:3',
  authtoken: pulumi.secret('hidden'),
  upstream: 'http://127.0.0.1:8080',
};

async function make(more: Partial<AgentArgs> = {}) {
  const engine = await EngineDouble.start();
  const made = agent('server-ngrok', { ...args, ...more }, new pulumi.ComponentResource('test:Parent', 'parent'));
  await engine.done();
  const { data } = engine.inputs(':ConfigMap', 'server-ngrok-config');
  return { engine, container: made.container, config: JSON.parse(data['ngrok.yml']) };
}

test('the agent leads to the upstream, under a URL that ngrok chooses', async () => {
  const { config } = await make();
  expect(config.endpoints).toEqual([{ name: 'server-ngrok', upstream: { url: 'http://127.0.0.1:8080' } }]);
});

test('agents of all replicas share a domain that is given', async () => {
  const { config } = await make({ domain: 'a.example' });
  expect(config.endpoints).toMatchObject([{ url: 'https://a.example', pooling_enabled: true }]);
});

test("the agent's own API, which has no password, is inside its pod alone", async () => {
  const { config, container } = await make();
  expect(config.agent.web_addr).toBe('127.0.0.1:4040');
  expect(container).not.toHaveProperty('ports');
});

test('the token reaches the agent from a Secret, and is not in its configuration', async () => {
  const { config, container, engine } = await make();
  expect(container).toMatchObject({
    env: [{ name: 'NGROK_AUTHTOKEN', valueFrom: { secretKeyRef: { key: 'authtoken' } } }],
  });
  const { stringData } = engine.inputs(':Secret', 'server-ngrok-token');
  expect(pulumi.runtime.isRpcSecret(stringData)).toBe(true);
  expect(pulumi.runtime.unwrapRpcSecret(stringData)).toEqual({ authtoken: 'hidden' });
  expect(JSON.stringify(config)).not.toContain('hidden');
});

test('the configuration file is where the agent is told to read it', async () => {
  const { container } = await make();
  const [mount] = (await promised(container.volumeMounts)) ?? [];
  expect(container.args).toContain(`${(await promised(mount))?.mountPath}/ngrok.yml`);
});

test('another token or configuration makes other objects, so that pods start again', async () => {
  const { engine } = await make();
  for (const inputs of [
    engine.inputs(':Secret', 'server-ngrok-token'),
    engine.inputs(':ConfigMap', 'server-ngrok-config'),
  ]) {
    expect(inputs.immutable).toBe(true);
    expect(inputs.metadata).not.toHaveProperty('name');
  }
});

test("the gateway's agent may reach names, ngrok and the gateway, and nobody may reach it", async () => {
  const engine = await EngineDouble.start();
  new GatewayAgent('gateway-ngrok', { ...args, namespace: 'openfaas', upstreamPort: 8080 });
  await engine.done();
  const { spec } = engine.inputs(':NetworkPolicy', 'gateway-ngrok');
  expect(spec.ingress).toBeUndefined();
  expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
  const ports = spec.egress.flatMap(({ ports }: { ports: { port: number }[] }) => ports.map(({ port }) => port));
  expect(ports).toEqual([53, 53, 443, 8080]);
  const { selector, template } = engine.inputs(':Deployment', 'gateway-ngrok').spec;
  expect(template.metadata.labels).toMatchObject(selector.matchLabels);
  expect(spec.podSelector.matchLabels).toEqual(selector.matchLabels);
});

/** What an input is, once it is known. */
function promised<T>(input: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((resolve) => pulumi.output(input).apply(resolve));
}
