import { expect, it } from 'vitest';
import { container, deployment, object, podSpec } from '../test-stack/compliant.ts';
import { probes } from './probes.ts';

const bare = { readinessProbe: undefined, livenessProbe: undefined };

it('names each probe that is missing', () => {
  expect(probes.check(deployment(podSpec({ containers: [container(bare)] })))).toEqual([
    'container web: add a readinessProbe',
    'container web: add a livenessProbe',
  ]);
});

it('asks for none where no port is open, nor of a Job', () => {
  expect(probes.check(deployment(podSpec({ containers: [container({ ...bare, ports: [] })] })))).toEqual([]);
  const template = { spec: podSpec({ containers: [container(bare)] }) };
  expect(probes.check(object('batch/v1:Job', { spec: { template } }))).toEqual([]);
});
