import type { V1Job } from '@kubernetes/client-node';
import { commonLabels } from '../common-labels.ts';
import { containerSecurity, podSecurity } from '../pod-security.ts';
import { loader, ports } from './loader.ts';
import type { JobPlace } from './place.ts';

/** What a program may write. */
const folder = '/tmp';

/** Seconds after which the cluster removes an ended Job by itself, should nobody else do it. */
const ttl = 60;

/** A Job whose one pod runs the Node.js of an image, as strict as it can be. */
export function jobManifest({ stack, namespace, serviceAccount, image, pullSecret }: JobPlace): V1Job {
  const labels = commonLabels('benchmark', 'benchmark', stack, 'faceoff');
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { generateName: 'benchmark-', namespace, labels },
    spec: {
      // A second attempt would be another run.
      backoffLimit: 0,
      ttlSecondsAfterFinished: ttl,
      template: {
        metadata: { labels },
        spec: {
          restartPolicy: 'Never',
          serviceAccountName: serviceAccount,
          // It scales the targets.
          automountServiceAccountToken: true,
          enableServiceLinks: false,
          securityContext: podSecurity,
          ...(pullSecret === undefined ? {} : { imagePullSecrets: [{ name: pullSecret }] }),
          containers: [
            {
              name: 'benchmark',
              image,
              imagePullPolicy: 'IfNotPresent',
              command: ['node', '-e', loader(ports.loader, folder)],
              // No limit of CPU: a client that is held back would measure itself.
              resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } },
              volumeMounts: [{ name: 'tmp', mountPath: folder }],
              securityContext: containerSecurity,
            },
          ],
          volumes: [{ name: 'tmp', emptyDir: {} }],
        },
      },
    },
  };
}
