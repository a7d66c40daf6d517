import type * as kubernetes from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import type { StackConfig } from '../../config/index.ts';
import { classifierContainer, classifierVolume, classifierPort as port } from '../classifier-container.ts';
import { answerMeanwhile, deregistration } from '../deregistration.ts';
import { containerSecurity, podSecurity } from '../pod-security.ts';

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
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurity,
    terminationGracePeriodSeconds: deregistration + drain,
    ...(pullSecret !== undefined && { imagePullSecrets: [{ name: pullSecret }] }),
    containers: [
      {
        ...classifierContainer(image, classifier),
        ports: [{ name: 'http', containerPort: port }],
        // A model that loads slowly counts as starting, not as dead.
        startupProbe: { ...health, failureThreshold: 150 },
        readinessProbe: health,
        livenessProbe: health,
        lifecycle: answerMeanwhile,
        securityContext: containerSecurity,
      },
      ...(sidecar === undefined ? [] : [sidecar.container]),
    ],
    volumes: [classifierVolume, ...(sidecar === undefined ? [] : [sidecar.volume])],
  };
}
