import type * as kubernetes from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import type { StackConfig } from '../../config/index.ts';
import { containerSecurity, podSecurity } from '../pod-security.ts';
import { guaranteed } from '../resources.ts';

/** The port that the classifier listens on. */
export const port = 8080;

/** As long as it takes until no node sends new connections to a pod that ends, in seconds. */
const deregistration = 5;
/** What the classifier then gives its clients, and a little to end, in seconds. */
const drain = 15;

/** Of the classifier's health, at the times at which OpenFaaS asks its functions. */
const health = { httpGet: { path: '/_/health', port }, initialDelaySeconds: 2, periodSeconds: 2, failureThreshold: 3 };

export interface ClassifierPodArgs {
  image: pulumi.Input<string>;
  classifier: StackConfig['classifier'];
  pullSecret: pulumi.Input<string> | undefined;
  /** Beside the classifier. */
  sidecar:
    | { container: kubernetes.types.input.core.v1.Container; volume: kubernetes.types.input.core.v1.Volume }
    | undefined;
}

/** A pod with one replica of the classifier, as strict as it can be. */
export function classifierPod(args: ClassifierPodArgs): kubernetes.types.input.core.v1.PodSpec {
  const { image, classifier, pullSecret, sidecar } = args;
  const env = Object.entries({ ...classifier.env, OFFLINE: '1' }).map(([name, value]) => ({ name, value }));
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurity,
    terminationGracePeriodSeconds: deregistration + drain,
    ...(pullSecret !== undefined && { imagePullSecrets: [{ name: pullSecret }] }),
    containers: [
      {
        name: 'classifier',
        image,
        imagePullPolicy: 'IfNotPresent',
        env,
        ports: [{ name: 'http', containerPort: port }],
        resources: guaranteed(classifier),
        // A model that loads slowly counts as starting, not as dead.
        startupProbe: { ...health, failureThreshold: 150 },
        readinessProbe: health,
        livenessProbe: health,
        lifecycle: { preStop: { exec: { command: ['sleep', String(deregistration)] } } },
        volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
        securityContext: containerSecurity,
      },
      ...(sidecar === undefined ? [] : [sidecar.container]),
    ],
    volumes: [{ name: 'tmp', emptyDir: {} }, ...(sidecar === undefined ? [] : [sidecar.volume])],
  };
}
