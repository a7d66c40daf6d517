import { expect, test } from 'vitest';
import { jobManifest } from './manifest.ts';

const place = { stack: 'dev', namespace: 'faceoff-benchmark', serviceAccount: 'benchmark', image: 'classifier:1' };

test('a Job is tried once, and goes by itself when nobody removes it', () => {
  expect(jobManifest(place).spec).toMatchObject({ backoffLimit: 0, ttlSecondsAfterFinished: 60 });
});

test('its pod runs the Node.js of the image as its account, within the strictest security standard', () => {
  expect(jobManifest(place).spec?.template.spec).toMatchObject({
    restartPolicy: 'Never',
    serviceAccountName: 'benchmark',
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        image: 'classifier:1',
        command: ['node', '-e', expect.stringContaining('listen(8090')],
        securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      },
    ],
  });
});

test('the Job and its pod carry the labels of every object of the stack', () => {
  const labels = {
    'app.kubernetes.io/name': 'benchmark',
    'app.kubernetes.io/instance': 'dev',
    'app.kubernetes.io/component': 'benchmark',
    'app.kubernetes.io/part-of': 'faceoff',
    'app.kubernetes.io/managed-by': 'faceoff',
  };
  const { metadata, spec } = jobManifest(place);
  expect([metadata?.labels, spec?.template.metadata?.labels]).toEqual([labels, labels]);
});

test('a Secret is named where the image needs one', () => {
  expect(jobManifest(place).spec?.template.spec).not.toHaveProperty('imagePullSecrets');
  expect(jobManifest({ ...place, pullSecret: 'registry' }).spec?.template.spec?.imagePullSecrets).toEqual([
    { name: 'registry' },
  ]);
});
