import * as pulumi from '@pulumi/pulumi';
import { expect, test } from 'vitest';
import { EngineDouble } from '../test-double/engine.ts';
import { Hybrid, type HybridArgs } from './hybrid.ts';

const args: HybridArgs = {
  namespace: 'faceoff-hybrid',
  image: { name: pulumi.output('classifier:1') },
  classifier: { cpu: '500m', memory: '512Mi', env: {} },
  hybrid: {
    base: 2,
    inFlight: 'measured',
    platform: 'openfaas',
    routerImage: 'haproxy:3.0.25',
    clusterDomain: 'cluster.local',
  },
  exposure: { service: 'NodePort' },
  function: { url: 'http://gateway-outside.openfaas.svc:8080/function/overflow' },
};

async function make(more: Partial<HybridArgs> = {}): Promise<EngineDouble> {
  const engine = await EngineDouble.start();
  new Hybrid('hybrid', { ...args, ...more });
  return engine.done();
}

const podOf = (engine: EngineDouble, name: string) => engine.inputs(':Deployment', name).spec.template;
const routerOf = (engine: EngineDouble) => podOf(engine, 'router').spec.containers[0];
const textOf = (engine: EngineDouble): string => engine.inputs(':ConfigMap', 'router').data['haproxy.cfg'];
const envOf = (engine: EngineDouble) =>
  new Map(routerOf(engine).env.map(({ name, value }: Record<string, string>) => [name, value]));
const policy = (engine: EngineDouble, name: string) => engine.inputs(':NetworkPolicy', name).spec;

test('the name of the base leads to its ready replicas themselves', async () => {
  const engine = await make();
  const { metadata, spec } = engine.inputs(':Service', 'base');
  expect(metadata).toMatchObject({ namespace: 'faceoff-hybrid', name: 'base' });
  expect(spec.clusterIP).toBe('None');
  expect(spec).not.toHaveProperty('publishNotReadyAddresses');
  expect(podOf(engine, 'base').metadata.labels).toMatchObject(spec.selector);
  expect(textOf(engine)).toContain('server-template base- 4 base.faceoff-hybrid.svc.cluster.local:8080 ');
});

test('only the router reaches the base', async () => {
  const engine = await make();
  const [{ from }] = policy(engine, 'base').ingress;
  expect(podOf(engine, 'router').metadata.labels).toMatchObject(from[0].podSelector.matchLabels);
  expect(podOf(engine, 'base').metadata.labels).not.toMatchObject(from[0].podSelector.matchLabels);
});

test('the router reaches the base, names, and what leads to the function', async () => {
  const { egress } = policy(await make(), 'router');
  expect(egress).toHaveLength(3);
  expect(egress[0].ports.map(({ port }: { port: number }) => port)).toEqual([53, 53]);
  expect(egress[1].to[0].podSelector.matchLabels['app.kubernetes.io/name']).toBe('base');
  expect(egress[2].to[0].namespaceSelector.matchLabels).toEqual({ 'kubernetes.io/metadata.name': 'openfaas' });
});

test('a function of a gateway is called by its path', async () => {
  const text = textOf(await make());
  expect(text).toContain('http-request set-path /function/overflow%[path]');
  expect(text).toContain('server way gateway-outside.openfaas.svc.cluster.local:8080 ');
});

test('a function of an ingress is called by its name', async () => {
  const called = { url: 'http://ingress.kourier-system.svc/', host: 'overflow.example.com' };
  const text = textOf(await make({ function: called }));
  expect(text).toContain('http-request set-header host overflow.example.com');
  expect(text).toContain('server way ingress.kourier-system.svc.cluster.local:80 ');
});

test('another domain of the cluster is in every name', async () => {
  const text = textOf(await make({ hybrid: { ...args.hybrid, clusterDomain: 'k8s.example' } }));
  expect(text).toContain('base.faceoff-hybrid.svc.k8s.example:8080');
  expect(text).not.toContain('cluster.local');
});

test('what is measured is nobody’s to set but the benchmark’s, and begins with what stands in the configuration', async () => {
  const engine = await make();
  expect([...envOf(engine).keys()]).toEqual(['HOST', 'PORT', 'OVERFLOW']);
  expect(textOf(engine)).toContain(`maxconn "\${IN_FLIGHT-8}"`);
});

test('a number is set, against what was measured before', async () => {
  const engine = await make({ hybrid: { ...args.hybrid, inFlight: 12 } });
  expect(envOf(engine).get('IN_FLIGHT')).toBe('12');
  expect(engine.inputs(':Deployment', 'router').metadata.annotations).toEqual({ 'pulumi.com/patchForce': 'true' });
});

test('overflow is set, so that an update puts it back after a benchmark that was killed', async () => {
  expect(envOf(await make()).get('OVERFLOW')).toBe('enabled');
});

test('another configuration is another ConfigMap, which replaces the pod', async () => {
  const nameOf = (engine: EngineDouble) => engine.inputs(':ConfigMap', 'router').metadata.name;
  const [one, same, other] = [await make(), await make(), await make({ hybrid: { ...args.hybrid, base: 3 } })];
  expect(podOf(one, 'router').spec.volumes[0].configMap.name).toBe(nameOf(one));
  expect(nameOf(same)).toBe(nameOf(one));
  expect(nameOf(other)).not.toBe(nameOf(one));
});

test('a router goes when another is ready, once no node sends it clients, and when it has finished', async () => {
  const engine = await make();
  expect(engine.inputs(':Deployment', 'router').spec.strategy).toEqual({
    type: 'RollingUpdate',
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
  });
  const [, wait] = routerOf(engine).lifecycle.preStop.exec.command;
  const [, finish] = /hard-stop-after (\d+)s/.exec(textOf(engine)) ?? [];
  expect(podOf(engine, 'router').spec.terminationGracePeriodSeconds).toBeGreaterThan(Number(wait) + Number(finish));
});

test('it is ready when something behind it answers, and lives all the same when nothing does', async () => {
  const { readinessProbe, livenessProbe, ports } = routerOf(await make());
  expect(readinessProbe.httpGet.port).toBe('http');
  expect(livenessProbe.httpGet.port).toBe('metrics');
  expect(ports.map(({ name }: { name: string }) => name)).toEqual(['http', 'metrics']);
});

test('clients leave room for what overflows, and for the question whether it lives', async () => {
  const [, all, clients] = /maxconn (\d+)[\s\S]*frontend router[\s\S]*?maxconn (\d+)/.exec(textOf(await make())) ?? [];
  expect(2 * Number(clients)).toBeLessThan(Number(all));
});

test('it may write to one folder alone, where its socket is', async () => {
  const engine = await make();
  const { securityContext, volumeMounts } = routerOf(engine);
  expect(securityContext.readOnlyRootFilesystem).toBe(true);
  const writable = volumeMounts.filter(({ readOnly }: { readOnly?: boolean }) => readOnly !== true);
  expect(writable).toEqual([{ name: 'tmp', mountPath: '/tmp' }]);
  expect(textOf(engine)).toContain('bind unix@/tmp/overflow');
});
