import type { StackConfig } from '../config/index.ts';
import { guaranteed } from './resources.ts';

/** The port that the classifier listens on. */
export const classifierPort = 8080;

/** One replica of the classifier, the same in a Deployment and in a revision of Knative; probes are for who makes its pod. */
export function classifierContainer<Image>(image: Image, classifier: StackConfig['classifier']) {
  return {
    name: 'classifier',
    image,
    imagePullPolicy: 'IfNotPresent',
    env: Object.entries({ ...classifier.env, OFFLINE: '1' }).map(([name, value]) => ({ name, value })),
    resources: guaranteed(classifier),
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
  };
}

/** Where it may write. */
export const classifierVolume = { name: 'tmp', emptyDir: {} };
