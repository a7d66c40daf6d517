import type { V1Deployment, V1Service } from '@kubernetes/client-node';
import { z } from 'zod';
import { type Deployment, parseDeployment } from '../../../infra/local/gateway/index.ts';
import type { PodSettings } from './config.ts';

/** The label that singles out what belongs to a function, as OpenFaaS has it. */
export const functionLabel = 'faas_function';

/** Holds what was asked for, so that a gateway that starts anew can go on with the functions that are there. */
const specAnnotation = 'com.openfaas.function.spec';

/** Functions listen here. */
export const functionPort = 8080;

/** A function's Deployment, as OpenFaaS makes it. */
export function deploymentOf(asked: Deployment, replicas: number, settings: PodSettings): V1Deployment {
  const { name } = asked;
  const labels = { ...asked.labels, [functionLabel]: name };
  return {
    metadata: {
      name,
      labels,
      annotations: { ...annotationsOf(asked), [specAnnotation]: JSON.stringify(requestOf(asked)) },
    },
    spec: {
      replicas,
      selector: { matchLabels: { [functionLabel]: name } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: { metadata: { labels, annotations: annotationsOf(asked) }, spec: podOf(asked, settings) },
    },
  };
}

/** Gives the function a name within the cluster. */
export function serviceOf({ name }: Deployment): V1Service {
  const selector = { [functionLabel]: name };
  const ports = [{ name: 'http', port: functionPort, targetPort: functionPort }];
  return { metadata: { name, labels: selector }, spec: { type: 'ClusterIP', selector, ports } };
}

/** What was asked for when this Deployment was made; undefined when it is no function's. */
export function askedFor({ metadata }: V1Deployment): Deployment | undefined {
  const text = metadata?.annotations?.[specAnnotation];
  return text === undefined ? undefined : parseDeployment(JSON.parse(text), metadata?.namespace ?? '');
}

function annotationsOf({ annotations }: Deployment): Record<string, string> {
  return { 'prometheus.io.scrape': 'false', ...annotations };
}

/** The body of the request, anew. */
function requestOf({ name: service, scale: _ofLabels, ...rest }: Deployment): Record<string, unknown> {
  return { service, ...rest };
}

const quantities = z.record(z.string(), z.string());

function podOf(asked: Deployment, { pullPolicy, readiness, liveness }: PodSettings) {
  const health = { httpGet: { path: '/_/health', port: functionPort }, failureThreshold: 3, timeoutSeconds: 1 };
  return {
    // The kubelet gives variables for every Service of the namespace otherwise.
    enableServiceLinks: false,
    volumes: asked.readOnlyRootFilesystem ? [{ name: 'temp', emptyDir: {} }] : [],
    containers: [
      {
        name: asked.name,
        image: asked.image,
        imagePullPolicy: pullPolicy,
        ports: [{ name: 'http', containerPort: functionPort }],
        env: Object.entries(asked.envVars).map(([name, value]) => ({ name, value })),
        resources: { limits: quantities.parse(asked.limits ?? {}), requests: quantities.parse(asked.requests ?? {}) },
        livenessProbe: { ...health, ...liveness },
        readinessProbe: { ...health, ...readiness },
        securityContext: { readOnlyRootFilesystem: asked.readOnlyRootFilesystem, allowPrivilegeEscalation: false },
        volumeMounts: asked.readOnlyRootFilesystem ? [{ name: 'temp', mountPath: '/tmp' }] : [],
      },
    ],
  };
}
