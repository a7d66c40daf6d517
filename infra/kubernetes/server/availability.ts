import * as kubernetes from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { labels, selector } from '../labels.ts';
import { overruling } from '../overruling.ts';
import type { Part } from './part.ts';

/** Lets nodes be emptied, one replica at a time. */
export function disruptionBudget(
  { name, component }: Part,
  namespace: pulumi.Input<string>,
  parent: pulumi.Resource,
): void {
  new kubernetes.policy.v1.PodDisruptionBudget(
    name,
    {
      metadata: { name, namespace, labels: labels(name, component) },
      spec: { maxUnavailable: 1, selector: { matchLabels: selector(name, component) } },
    },
    { parent },
  );
}

interface Range {
  least: number;
  most: number;
  /** The use of CPU to aim at, in percent of what a replica requests. */
  cpuTarget: number;
}

/** Scales a Deployment by the use of CPU. */
export function autoscaler(
  { name, component }: Part,
  deployment: kubernetes.apps.v1.Deployment,
  { least, most, cpuTarget }: Range,
  parent: pulumi.Resource,
): kubernetes.autoscaling.v2.HorizontalPodAutoscaler {
  return new kubernetes.autoscaling.v2.HorizontalPodAutoscaler(
    name,
    {
      metadata: {
        name,
        namespace: deployment.metadata.namespace,
        labels: labels(name, component),
        annotations: overruling,
      },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: deployment.metadata.name },
        minReplicas: least,
        maxReplicas: most,
        metrics: [
          {
            // Of the classifier alone: a sidecar's use would hide its own.
            type: 'ContainerResource',
            containerResource: {
              name: 'cpu',
              container: 'classifier',
              target: { type: 'Utilization', averageUtilization: cpuTarget },
            },
          },
        ],
      },
    },
    { parent },
  );
}
