import { expect, it } from 'vitest';
import { deployment, object, podSpec } from '../test-stack/compliant.ts';
import { labels } from './labels.ts';

it('names the labels that an object lacks', () => {
  const secret = object('core/v1:Secret', {}, { labels: { 'app.kubernetes.io/name': 'web', other: 'x' } });
  expect(labels.check(secret)).toEqual([
    'add to metadata.labels: app.kubernetes.io/instance, app.kubernetes.io/component, app.kubernetes.io/part-of, app.kubernetes.io/managed-by',
  ]);
});

it('counts an empty label as none', () => {
  const full = object('core/v1:Secret', {}).props.metadata?.labels ?? {};
  const secret = object('core/v1:Secret', {}, { labels: { ...full, 'app.kubernetes.io/part-of': '' } });
  expect(labels.check(secret)).toEqual(['add to metadata.labels: app.kubernetes.io/part-of']);
});

it('wants them on the pods of a workload as well', () => {
  expect(labels.check(deployment(podSpec(), {}))).toEqual([
    expect.stringContaining("add to its pods' metadata.labels"),
  ]);
});

it('says it once for a pod by itself', () => {
  expect(labels.check(object('core/v1:Pod', { spec: podSpec() }, { labels: {} }))).toHaveLength(1);
});
