import type * as kubernetes from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import type { StackConfig } from '../../config/index.ts';
import { routerVariables } from '../../router/index.ts';
import { answerMeanwhile, deregistration } from '../deregistration.ts';
import { containerSecurity, podSecurity } from '../pod-security.ts';
import { guaranteed } from '../resources.ts';
import { metricsPort, routerPort, softStop, writable } from './router-text.ts';

export interface RouterPodArgs extends Pick<StackConfig['hybrid'], 'routerImage' | 'inFlight'> {
  /** Holds haproxy.cfg. */
  configMap: pulumi.Input<string>;
}

const margin = 5;
const config = '/etc/haproxy';

/** A pod with HAProxy, as strict as it can be. Its image must end HAProxy by SIGUSR1, as the official one does. */
export function routerPod({ routerImage, inFlight, configMap }: RouterPodArgs): kubernetes.types.input.core.v1.PodSpec {
  const listens = { HOST: '0.0.0.0', PORT: String(routerPort) };
  // One that is measured is set by who measures, and is nobody else's.
  const env = {
    ...listens,
    // Said, though it is so without: an update after a refresh then puts it back where a killed benchmark has left another.
    [routerVariables.overflow]: 'enabled',
    ...(inFlight !== 'measured' && { [routerVariables.inFlight]: String(inFlight) }),
  };
  const health = { httpGet: { path: '/_/health', port: 'http' }, periodSeconds: 2, failureThreshold: 3 };
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurity,
    // HAProxy then finishes what it has let in.
    terminationGracePeriodSeconds: deregistration + softStop + margin,
    containers: [
      {
        name: 'router',
        image: routerImage,
        imagePullPolicy: 'IfNotPresent',
        command: ['haproxy', '-db', '-f', `${config}/haproxy.cfg`],
        env: Object.entries(env).map(([name, value]) => ({ name, value })),
        ports: [
          { name: 'http', containerPort: routerPort },
          { name: 'metrics', containerPort: metricsPort },
        ],
        resources: guaranteed({ cpu: '200m', memory: '256Mi' }),
        // By then the names of the base are looked up.
        readinessProbe: { ...health, initialDelaySeconds: 2 },
        // Not at the port of requests, which is not well while nothing behind it is.
        livenessProbe: { ...health, httpGet: { ...health.httpGet, port: 'metrics' } },
        lifecycle: answerMeanwhile,
        volumeMounts: [
          { name: 'config', mountPath: config, readOnly: true },
          { name: 'tmp', mountPath: writable },
        ],
        securityContext: containerSecurity,
      },
    ],
    volumes: [
      { name: 'config', configMap: { name: configMap } },
      { name: 'tmp', emptyDir: {} },
    ],
  };
}
