import { expect, it } from 'vitest';
import { service } from '../test-stack/compliant.ts';
import { exposure } from './exposure.ts';

const elsewhere = { labels: { 'app.kubernetes.io/component': 'benchmark' } };

it.each(['server', 'serverless'])(
  'lets the component %s have a NodePort where the configuration chose that',
  (name) => {
    const target = service({ type: 'NodePort' }, { labels: { 'app.kubernetes.io/component': name } });
    expect(exposure(true).check(target)).toEqual([]);
    expect(exposure(false).check(target)).toEqual(['set type to ClusterIP, as the configuration says']);
  },
);

it('lets nothing else have one', () => {
  expect(exposure(true).check(service({ type: 'NodePort' }, elsewhere))).toEqual([
    'set type to ClusterIP; NodePort is for the components server, serverless, hybrid',
  ]);
});

it.each(['ClusterIP', undefined])('lets anything have the type %s', (type) => {
  expect(exposure(false).check(service({ type }, elsewhere))).toEqual([]);
});

it.each(['LoadBalancer', 'ExternalName'])('refuses %s', (type) => {
  expect(exposure(true).check(service({ type }))).toEqual([`set type to ClusterIP; ${type} is never needed`]);
});

it('refuses addresses of its own', () => {
  expect(exposure(true).check(service({ externalIPs: ['192.0.2.1'] }))).toEqual(['remove externalIPs']);
});
