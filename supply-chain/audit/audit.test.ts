import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runScript } from '../../test/process.ts';

let registry: Server | undefined;
/** npm keeps what it was told of an advisory. */
let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'faceoff-audit-'));
});
afterEach(async () => {
  registry?.closeAllConnections();
  registry?.close();
  await rm(cache, { recursive: true });
});

/** A double of a registry that knows of these vulnerabilities, and of nothing else. */
async function startRegistry(advisories: object): Promise<string> {
  registry = createServer((request, response) => {
    const asked = request.method === 'POST' && request.url?.endsWith('/advisories/bulk');
    request
      .resume()
      .on('end', () => response.writeHead(asked ? 200 : 404).end(JSON.stringify(asked ? advisories : {})));
  });
  await new Promise<void>((resolve) => registry?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
}

const advisory = { id: 1, title: 'A hole', url: 'https://example.org/1', vulnerable_versions: '<1000.0.0', cwe: [] };
const audit = (url: string, ...args: string[]) => {
  const env = { npm_config_registry: url, npm_config_cache: cache, npm_config_fetch_retries: '0' };
  return runScript('supply-chain/audit/main.ts', env, args);
};

test('a hole in what the project runs on fails the check', async () => {
  const { code, stderr } = await audit(await startRegistry({ fastify: [{ ...advisory, severity: 'high' }] }));
  expect(stderr).toMatch(/^fastify .*: high: A hole \(https:\/\/example.org\/1\)$/m);
  expect(code).toBe(1);
});

test.each([
  ['a lesser one', { fastify: [{ ...advisory, severity: 'moderate' }] }, 'below high: fastify'],
  ['one in a tool for its development', { vitest: [{ ...advisory, severity: 'critical' }] }, 'Nothing known'],
  ['none', {}, 'Nothing known'],
])('%s does not', async (_, advisories, text) => {
  const { code, stdout } = await audit(await startRegistry(advisories));
  expect([code, stdout]).toEqual([0, expect.stringContaining(text)]);
});

test('a registry that cannot be asked is named, and fails nothing', async () => {
  const url = await startRegistry({});
  registry?.close();
  const { code, stdout } = await audit(url);
  expect([code, stdout]).toEqual([0, expect.stringContaining(url)]);
  expect(stdout).toMatch(/^Not audited, since/);
});

test('a registry that must answer, and cannot be asked, fails the check', async () => {
  const url = await startRegistry({});
  registry?.close();
  const { code, stdout } = await audit(url, '--must-answer');
  expect([code, stdout]).toEqual([1, expect.stringMatching(/^Not audited, since/)]);
});

test('a registry that must answer, and does, fails nothing', async () => {
  const { code, stdout } = await audit(await startRegistry({}), '--must-answer');
  expect([code, stdout]).toEqual([0, expect.stringContaining('Nothing known')]);
});
