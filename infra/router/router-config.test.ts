import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { type RouterConfig, routerConfig } from './router-config.ts';

const path = `${process.env['PATH']}:/usr/sbin:/usr/local/sbin`;
const haproxy = (args: string[], env: Record<string, string> = {}) =>
  promisify(execFile)('haproxy', args, { env: { PATH: path, HOST: '127.0.0.1', PORT: '8080', ...env } });
const missing = await haproxy(['-v']).then(
  () => '',
  () => ' (there is no HAProxy)',
);

const inCluster: RouterConfig = {
  global: ['maxconn 100'],
  clients: 40,
  base: { address: 'base.hybrid.svc.cluster.local:8080', most: 4 },
  inFlight: { variable: 'IN_FLIGHT', otherwise: 8 },
  overflow: { variable: 'OVERFLOW', otherwise: 'enabled' },
  function: { address: 'gateway.openfaas.svc.cluster.local:8080', path: '/function/classifier' },
  metricsAddress: '127.0.0.1:8404',
  overflowSocket: '/tmp/overflow',
};
const onMachine: RouterConfig = {
  ...inCluster,
  base: [{ name: 'base-1', address: '127.0.0.1:8081' }],
  inFlight: 3,
  overflow: 'disabled',
  function: { address: '127.0.0.1:8082', path: '/function/classifier' },
};
const byName: RouterConfig = {
  ...inCluster,
  function: { address: 'ingress.kourier-system.svc.cluster.local:80', host: 'classifier.example.com' },
};

const lines = (config: RouterConfig) =>
  routerConfig(config)
    .split('\n')
    .map((line) => line.trim());

/** What HAProxy says of a configuration; nothing when it takes it. */
async function check(config: RouterConfig, env?: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'faceoff-router-'));
  const file = join(folder, 'haproxy.cfg');
  await writeFile(file, routerConfig(config));
  const told = await haproxy(['-c', '-f', file], env).then(
    () => '',
    (error: { stderr: string }) => error.stderr,
  );
  await rm(folder, { recursive: true });
  return told;
}

test.skipIf(missing).each([
  ['on one machine', onMachine],
  ['in a cluster', inCluster],
  ['with a function that is known by its name', byName],
])(`HAProxy takes the configuration %s${missing}`, async (_, config) => {
  expect(await check(config)).toBe('');
});

test.skipIf(missing)(`whether there is overflow is read from the environment${missing}`, async () => {
  expect(await check(inCluster, { OVERFLOW: 'disabled' })).toBe('');
  expect(await check(inCluster, { OVERFLOW: 'perhaps' })).toContain("unknown keyword 'perhaps'");
});

test('servers are named one by one, or looked up by one name', () => {
  expect(lines(onMachine)).toContain('server base-1 127.0.0.1:8081 maxconn 3');
  expect(lines(inCluster)).toContain(
    `server-template base- 4 base.hybrid.svc.cluster.local:8080 maxconn "\${IN_FLIGHT-8}" resolvers cluster init-addr none`,
  );
  expect(lines(onMachine)).not.toContain('resolvers cluster');
});

const way = (config: RouterConfig) => routerConfig(config).split('\nbackend way\n')[1]?.split('\n\n')[0];

test('a check of the way to the function is tried once, so that one that is gone is found out at once', () => {
  for (const config of [inCluster, byName]) expect(way(config)).toContain('retries 0');
});

test('a check of the way to the function asks the gateway, or the ingress by a name that nobody has', () => {
  expect(way(inCluster)).toContain('http-request set-path /healthz');
  expect(way(byName)).toContain('http-request set-header host health.invalid');
  for (const config of [inCluster, byName]) expect(way(config)).not.toContain('classifier');
});
