import { expect, test } from 'vitest';
import { makeManifest } from '../../../test/double/run.ts';
import { settingsTable } from './settings.ts';

const summary = { targets: [], comparisons: [], notes: [], client: [], lateness: [] };
const node = { name: 'minikube', cpu: '2', memory: '8148068Ki', os: 'Debian 12', runtime: 'containerd://1.7.2' };

test('a run on Kubernetes says which image, limits, chart and nodes its figures are of', () => {
  const manifest = makeManifest({
    deployment: {
      cluster: { version: 'v1.34.4', nodes: [node] },
      targets: [
        { name: 'server', image: 'faceoff/classifier:1', imageDigest: 'sha256:ab', cpu: '500m', memory: '512Mi' },
        { name: 'serverless', image: 'faceoff/classifier:1', chart: 'openfaas-12.0.0' },
      ],
      client: 'job',
    },
  });
  const rows = new Map(settingsTable(manifest, summary).rows.map(([name, value]) => [name, value]));
  expect(rows.get('Deployment of server')).toBe(
    'faceoff/classifier:1 (sha256:ab); limits of a replica: 500m CPU, 512Mi memory',
  );
  expect(rows.get('Deployment of serverless')).toContain('no CPU, no memory; chart openfaas-12.0.0');
  expect(rows.get('Cluster')).toBe(
    'Kubernetes v1.34.4; 1 node: minikube (2 CPU, 8148068Ki memory, Debian 12, containerd://1.7.2)',
  );
  expect(rows.get('Machine')).toContain('in a pod of the cluster');
});

test('how late an open loop sent is told even when it was not', () => {
  const late = { scenario: 'burst', target: 'server', p99Ms: 0.21, medianLatencyMs: 15 };
  const lateness = [late, { ...late, target: 'other' }, { ...late, p99Ms: 0.3 }];
  const rows = new Map(
    settingsTable(makeManifest(), { ...summary, lateness }).rows.map(([name, value]) => [name, value]),
  );
  expect(rows.get('Open loop')).toBe(
    'burst: sent to server 0.21 ms, 0.3 ms late; burst: sent to other 0.21 ms late, at the 99th percentile of each load',
  );
});

test('a run on this machine has no deployment', () => {
  const names = settingsTable(makeManifest(), summary).rows.map(([name]) => name);
  expect(names).not.toContain('Cluster');
});
