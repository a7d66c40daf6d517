import { z } from 'zod';
import type { StackConfig } from '../../config/index.ts';
import { boundAnnotations } from '../api/index.ts';
import { classifierContainer, classifierVolume, classifierPort as port } from '../classifier-container.ts';
import { containerSecurity } from '../pod-security.ts';

const texts = z.record(z.string(), z.string());

/** A Service of Knative, in the parts that a stack decides. */
export const serviceSpec = z.object({
  namespace: z.string(),
  name: z.string(),
  labels: texts,
  annotations: texts,
  /** Of the revisions that it makes. */
  template: z.object({ labels: texts, annotations: texts, spec: z.record(z.string(), z.unknown()) }),
});
export type ServiceSpec = z.infer<typeof serviceSpec>;

/** What Knative's autoscaler does with the function's replicas, as its annotations say it. */
export function scaleAnnotations(
  { minReplicas, maxReplicas }: Pick<StackConfig['serverless'], 'minReplicas' | 'maxReplicas'>,
  { metric, target, window }: Pick<StackConfig['knative'], 'metric' | 'target' | 'window'>,
): Record<string, string> {
  return {
    ...boundAnnotations({ min: minReplicas, max: maxReplicas }),
    'autoscaling.knative.dev/metric': metric,
    'autoscaling.knative.dev/target': String(target),
    // The target is what is aimed at, and not 70 % of it.
    'autoscaling.knative.dev/target-utilization-percentage': '100',
    'autoscaling.knative.dev/window': `${window}s`,
  };
}

/** What a replica may take to start, in seconds: a model that loads slowly counts as starting, not as dead. */
const startup = 300;

export interface RevisionArgs {
  image: string;
  classifier: StackConfig['classifier'];
  containerConcurrency: number;
  /** The Secret with which the image is pulled. */
  pullSecret?: string | undefined;
}

/** The pods of a revision: as strict as Knative lets them be, and its queue proxy beside the classifier. */
export function revisionSpec({ image, classifier, containerConcurrency, pullSecret }: RevisionArgs) {
  const httpGet = { path: '/_/health', port };
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    containerConcurrency,
    ...(pullSecret !== undefined && { imagePullSecrets: [{ name: pullSecret }] }),
    containers: [
      {
        ...classifierContainer(image, classifier),
        ports: [{ containerPort: port, protocol: 'TCP' }],
        // Without a period, Knative asks many times a second, so that no wait is added to a cold start.
        readinessProbe: { httpGet, successThreshold: 1 },
        livenessProbe: { httpGet, initialDelaySeconds: startup, periodSeconds: 2, failureThreshold: 3 },
        securityContext: { ...containerSecurity, runAsUser: 1000, runAsGroup: 1000 },
      },
    ],
    volumes: [classifierVolume],
  };
}
