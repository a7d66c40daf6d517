import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { V1ConfigMap } from '@kubernetes/client-node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readManifests, readPlace } from './manifests.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifests-'));
  write('serving-crds.yaml', crd);
  write(
    'serving-core.yaml',
    [map('config-domain', 'kept'), map('config-network'), map('config-deployment')].join('---\n'),
  );
  write('ingress.yaml', `# The ingress.\n---\n${namespace}`);
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
const map = (name: string, key = 'other') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: knative-serving}\ndata: {${key}: here}\n`;
const crd =
  'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a.b}\nspec:\n' +
  '  versions: [{name: v1, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]\n';
const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: ingress}\n';
const settings = { domain: 'a.example', ingressClass: 'some.ingress', registry: 'ghcr.io' };
const { signal } = new AbortController();
const places = () => ['serving-crds.yaml', 'serving-core.yaml', 'ingress.yaml'].map((file) => join(folder, file));
const read = () => readManifests({ places: places(), digest: '' }, settings, signal);

test('namespaces and definitions come first, and what has only comments is left out', async () => {
  expect((await read()).map(({ kind, metadata }) => `${kind} ${metadata?.name}`)).toEqual([
    'CustomResourceDefinition a.b',
    'Namespace ingress',
    'ConfigMap config-domain',
    'ConfigMap config-network',
    'ConfigMap config-deployment',
  ]);
});

test('settings are added to what the manifests set', async () => {
  const data = Object.fromEntries(
    (await read()).map((object) => [object.metadata?.name, (object as V1ConfigMap).data]),
  );
  expect(data['config-domain']).toEqual({ kept: 'here', 'a.example': '' });
  expect(data['config-network']).toEqual({ other: 'here', 'ingress-class': 'some.ingress' });
  expect(data['config-deployment']).toMatchObject({
    'registries-skipping-tag-resolving': 'kind.local,ko.local,dev.local,ghcr.io',
  });
});

test.each([
  ['a: [', /ingress\.yaml is not YAML/],
  ['# nothing', /ingress\.yaml has no object of Kubernetes in it/],
  ['kind: Namespace', /ingress\.yaml has something else in it/],
])('%j is refused, with the file', async (text, told) => {
  write('ingress.yaml', text);
  await expect(read()).rejects.toThrow(told);
});

test('a release that is not there is told with what to set', async () => {
  const server: Server = createServer((_, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.yaml`;
  await expect(readPlace(url, signal)).rejects.toThrow(`${url} answered 404; set another knative:version`);
  await new Promise((resolve) => server.close(resolve));
  await expect(readPlace(url, signal)).rejects.toThrow(/cannot be reached \(.*ECONNREFUSED.*\); set another/);
});
