import { expect, it } from 'vitest';
import { deployment, object, podSpec } from '../test-stack/compliant.ts';
import { noApiToken } from './no-api-token.ts';

const fault =
  'set automountServiceAccountToken to false, or serviceAccountName to an account that has only the rights needed';

it('refuses a token of the default account, which is given unless turned off', () => {
  expect(noApiToken.check(deployment(podSpec({ automountServiceAccountToken: undefined })))).toEqual([fault]);
  expect(noApiToken.check(deployment(podSpec({ automountServiceAccountToken: true })))).toEqual([fault]);
});

it('lets a pod with an account of its own have one', () => {
  const spec = podSpec({ automountServiceAccountToken: true, serviceAccountName: 'bench' });
  expect(noApiToken.check(object('batch/v1:Job', { spec: { template: { spec } } }))).toEqual([]);
});
