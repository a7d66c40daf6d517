import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connect } from './connect.ts';
import { kubeconfigOf } from './test-double/cluster.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'faceoff-home-'));
  vi.stubEnv('HOME', home);
  vi.stubEnv('KUBECONFIG', undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

const server = (options?: Parameters<typeof connect>[0]) => connect(options).getCurrentCluster()?.server;

/** A kubeconfig that knows two clusters and is set to the first. */
const two = JSON.stringify({
  'current-context': 'here',
  clusters: ['here', 'there'].map((name) => ({ name, cluster: { server: `http://${name}` } })),
  users: [{ name: 'me', user: { token: 'hidden' } }],
  contexts: ['here', 'there'].map((name) => ({ name, context: { cluster: name, user: 'me' } })),
});

test('a kubeconfig may be given by its content, as JSON or as YAML', () => {
  expect(server({ kubeconfig: two })).toBe('http://here');
  const yaml = `current-context: a
clusters: [{name: a, cluster: {server: http://a}}]
contexts: [{name: a, context: {cluster: a, user: a}}]`;
  expect(server({ kubeconfig: yaml })).toBe('http://a');
});

test('or by its path', async () => {
  await writeFile(join(home, 'config'), two);
  expect(server({ kubeconfig: join(home, 'config') })).toBe('http://here');
});

test('a path that begins with ~/ is one in the home folder', async () => {
  await mkdir(join(home, 'clusters'));
  await writeFile(join(home, 'clusters', 'mine'), two);
  expect(server({ kubeconfig: '~/clusters/mine' })).toBe('http://here');
});

test('a file that is missing is told with the path that was looked at', () => {
  expect(() => connect({ kubeconfig: '/missing/config' })).toThrow(
    /^kubeconfig \/missing\/config: there is no such file$/,
  );
  expect(() => connect({ kubeconfig: '~/missing' })).toThrow(`kubeconfig ${home}/missing: there is no such file`);
});

test('a ~ that begins no path in the home folder is taken as it is', () => {
  expect(() => connect({ kubeconfig: '~other/config' })).toThrow('kubeconfig ~other/config: there is no such file');
});

test('a content that is not YAML is told without any of it, since there are keys in it', () => {
  const broken = 'users:\n- name: me\n  user:\n    token: hidden\n   client: [';
  expect(() => connect({ kubeconfig: broken })).toThrow(/^the kubeconfig is not YAML; line 5, column 4 is wrong$/);
});

test('a file without anything in it is told as that', async () => {
  await writeFile(join(home, 'config'), '');
  expect(() => connect({ kubeconfig: join(home, 'config') })).toThrow('the kubeconfig is empty');
});

test('a file with a fault is told without any of it as well', async () => {
  await writeFile(join(home, 'config'), 'users: [hidden');
  expect(() => connect({ kubeconfig: join(home, 'config') })).toThrow(
    /^the kubeconfig is not YAML; line \d+, column \d+ is wrong$/,
  );
});

test('without one, that of KUBECONFIG is taken before that of the home folder', async () => {
  await mkdir(join(home, '.kube'));
  await writeFile(join(home, '.kube', 'config'), two);
  expect(server()).toBe('http://here');
  await writeFile(join(home, 'other'), kubeconfigOf('http://other'));
  vi.stubEnv('KUBECONFIG', join(home, 'other'));
  expect(server()).toBe('http://other');
});

test('without any, what to set is said', () => {
  expect(() => connect()).toThrow('no cluster is known: set KUBECONFIG, or kubernetes:kubeconfig');
});

test('another context may be chosen', () => {
  expect(server({ kubeconfig: two, context: 'there' })).toBe('http://there');
});

test('a context that is not there is told with those that are', () => {
  expect(() => connect({ kubeconfig: two, context: 'mine' })).toThrow(
    'the kubeconfig has no context mine; it has here, there',
  );
});

test('a kubeconfig that has no current context needs one by name', () => {
  const { 'current-context': _, ...none } = JSON.parse(two);
  const kubeconfig = JSON.stringify(none);
  expect(() => connect({ kubeconfig })).toThrow('name one by kubernetes:context');
  expect(server({ kubeconfig, context: 'there' })).toBe('http://there');
});
