import { expect, it } from 'vitest';
import { deployment, object, podSpec } from '../test-stack/compliant.ts';
import { containersOf, podOf } from './index.ts';

const template = { spec: podSpec() };

it.each([
  ['Pod', object('core/v1:Pod', { spec: podSpec() })],
  ['Deployment', deployment()],
  ['StatefulSet', object('apps/v1:StatefulSet', { spec: { template } })],
  ['DaemonSet', object('apps/v1:DaemonSet', { spec: { template } })],
  ['ReplicaSet', object('apps/v1:ReplicaSet', { spec: { template } })],
  ['ReplicationController', object('core/v1:ReplicationController', { spec: { template } })],
  ['Job', object('batch/v1:Job', { spec: { template } })],
  ['CronJob', object('batch/v1:CronJob', { spec: { jobTemplate: { spec: { template } } } })],
])('finds the containers of a %s', (_, workload) => {
  expect(containersOf(podOf(workload)).map(({ name }) => name)).toEqual(['web']);
});

it('finds no pod in what makes none', () => {
  expect(podOf(object('core/v1:Service', { spec: { template } }))).toBeUndefined();
});
