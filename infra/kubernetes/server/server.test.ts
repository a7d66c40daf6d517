import * as pulumi from '@pulumi/pulumi';
import { expect, test } from 'vitest';
import { EngineDouble } from '../test-double/engine.ts';
import { Server, type ServerArgs } from './server.ts';

const args: ServerArgs = {
  namespace: 'faceoff',
  image: { name: pulumi.output('classifier:1') },
  classifier: { cpu: '500m', memory: '512Mi', env: {} },
  server: { replicas: 2, maxReplicas: 2, cpuTarget: 70 },
  exposure: { service: 'NodePort' },
};
const ngrok = { authtoken: pulumi.secret('token'), image: 'ngrok/ngrok:3' };

async function make(more: Partial<ServerArgs> = {}): Promise<EngineDouble> {
  const engine = await EngineDouble.start();
  new Server('server', { ...args, ...more });
  return engine.done();
}

const podOf = (engine: EngineDouble) => engine.inputs(':Deployment', 'server').spec.template;
const classifierOf = (engine: EngineDouble) => podOf(engine).spec.containers[0];

test('everything that selects pods selects those of the Deployment', async () => {
  const engine = await make();
  const { labels } = podOf(engine).metadata;
  const selectors = [
    engine.inputs(':Deployment', 'server').spec.selector.matchLabels,
    engine.inputs(':Service', 'server').spec.selector,
    engine.inputs(':PodDisruptionBudget', 'server').spec.selector.matchLabels,
    engine.inputs(':NetworkPolicy', 'server').spec.podSelector.matchLabels,
  ];
  for (const selector of selectors) {
    expect(Object.keys(selector)).not.toHaveLength(0);
    expect(labels).toMatchObject(selector);
  }
});

test('the port of the Service leads to the port that the classifier listens on', async () => {
  const engine = await make();
  const [{ targetPort }] = engine.inputs(':Service', 'server').spec.ports;
  expect(classifierOf(engine).ports).toEqual([{ name: targetPort, containerPort: 8080 }]);
});

test('an update takes no replica away before another is ready, nor before clients have left it', async () => {
  const engine = await make();
  expect(engine.inputs(':Deployment', 'server').spec.strategy).toEqual({
    type: 'RollingUpdate',
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
  });
  const { lifecycle } = classifierOf(engine);
  const [command, seconds] = lifecycle.preStop.exec.command;
  expect(command).toBe('sleep');
  expect(podOf(engine).spec.terminationGracePeriodSeconds).toBeGreaterThan(Number(seconds) + 10);
});

test('a replica is asked for its health as OpenFaaS asks its functions', async () => {
  const { readinessProbe, livenessProbe } = classifierOf(await make());
  const asked = { httpGet: { path: '/_/health', port: 8080 }, periodSeconds: 2, failureThreshold: 3 };
  expect(readinessProbe).toMatchObject(asked);
  expect(livenessProbe).toMatchObject(asked);
});

test('nothing can be written but /tmp', async () => {
  const engine = await make();
  const { securityContext, volumeMounts } = classifierOf(engine);
  expect(securityContext.readOnlyRootFilesystem).toBe(true);
  expect(volumeMounts).toEqual([{ name: 'tmp', mountPath: '/tmp' }]);
  expect(podOf(engine).spec.volumes).toEqual([{ name: 'tmp', emptyDir: {} }]);
});

test('its namespace refuses pods that are less strict', async () => {
  const { metadata } = (await make()).inputs(':Namespace', 'server');
  expect(metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
});

test('requests come in, and nothing goes out', async () => {
  const engine = await make();
  expect(engine.inputs(':NetworkPolicy', 'default-deny').spec).toEqual({
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
  });
  const { policyTypes, ingress, egress } = engine.inputs(':NetworkPolicy', 'server').spec;
  expect(policyTypes).toEqual(['Ingress', 'Egress']);
  expect(ingress).toEqual([{ ports: [{ protocol: 'TCP', port: 8080 }] }]);
  expect(egress).toEqual([]);
});

test('the Secret that the image is pulled with is that of the namespace', async () => {
  const asked: pulumi.Input<string>[] = [];
  const pullSecretIn = (namespace: pulumi.Input<string>) => {
    asked.push(namespace);
    return pulumi.output('registry');
  };
  const engine = await make({ image: { ...args.image, pullSecretIn } });
  expect(podOf(engine).spec.imagePullSecrets).toEqual([{ name: 'registry' }]);
  expect(asked).toHaveLength(1);
});

test('an autoscaler looks at the classifier, not at what runs beside it', async () => {
  const engine = await make({ server: { replicas: 1, maxReplicas: 4, cpuTarget: 55 }, ngrok });
  const { metrics, scaleTargetRef } = engine.inputs(':HorizontalPodAutoscaler', 'server').spec;
  expect(scaleTargetRef).toMatchObject({ kind: 'Deployment', name: 'server' });
  expect(metrics).toEqual([
    {
      type: 'ContainerResource',
      containerResource: {
        name: 'cpu',
        container: 'classifier',
        target: { type: 'Utilization', averageUtilization: 55 },
      },
    },
  ]);
});

test('without a greater most than least number of replicas there is no autoscaler', async () => {
  const engine = await make();
  expect(engine.all(':HorizontalPodAutoscaler')).toEqual([]);
  expect(engine.inputs(':Deployment', 'server').spec.replicas).toBe(2);
});

test('an ngrok agent runs beside the classifier, and may reach ngrok', async () => {
  const engine = await make({ ngrok });
  const { containers, volumes } = podOf(engine).spec;
  expect(containers.map(({ name }: { name: string }) => name)).toEqual(['classifier', 'ngrok']);
  expect(volumes).toHaveLength(2);
  expect(engine.inputs(':Service', 'server').spec.type).toBe('ClusterIP');
  const ports = engine
    .inputs(':NetworkPolicy', 'server')
    .spec.egress.flatMap(({ ports }: { ports: object[] }) => ports);
  expect(ports).toEqual([
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
    { protocol: 'TCP', port: 443 },
  ]);
});
