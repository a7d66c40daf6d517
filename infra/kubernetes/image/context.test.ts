import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { kubeconfigOf } from '../api/test-double/cluster.ts';
import { contextOf } from './context.ts';

const content = kubeconfigOf('http://127.0.0.1:1');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faceoff-context-'));
  await writeFile(join(folder, 'kubeconfig'), content);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test('the context of the configuration needs no kubeconfig', async () => {
  expect(await contextOf({ context: 'lab', kubeconfig: join(folder, 'none') })).toBe('lab');
});

test.each([
  ['the path of a kubeconfig', () => ({ kubeconfig: join(folder, 'kubeconfig') })],
  ['the content of one, which is a secret', () => ({ kubeconfig: pulumi.secret(content) })],
])('without it, the current one counts, by %s', async (_, cluster) => {
  expect(await contextOf(cluster())).toBe('double');
});

test('without both, that of KUBECONFIG counts', async () => {
  vi.stubEnv('KUBECONFIG', join(folder, 'kubeconfig'));
  expect(await contextOf({})).toBe('double');
});

test('a kubeconfig that is missing is told in a line', async () => {
  await expect(contextOf({ kubeconfig: join(folder, 'none') })).rejects.toThrow(
    new pulumi.RunError(`kubeconfig ${join(folder, 'none')}: there is no such file`),
  );
});
