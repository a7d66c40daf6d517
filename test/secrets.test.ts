import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from './double/endpoint.ts';
import { processesWith, startFaceoff } from './process.ts';

/** What nobody may find in what a run writes. Each is as unlike other text as it can be. */
const secrets = {
  NGROK_AUTHTOKEN: 'hidden-ngrok-1f9a',
  REGISTRY_PASSWORD: 'hidden-registry-2c7b',
  PULUMI_CONFIG_PASSPHRASE: 'hidden-passphrase-3e5d',
  AWS_SECRET_ACCESS_KEY: 'hidden-cloud-4a2e',
};
const user = 'hidden-user-5b8f';
const password = 'hidden-password-6d1c';
const token = 'hidden-token-7f3a';
/** As they stand, and as basic auth has them. */
const forms = [...Object.values(secrets), user, password, token, btoa(`${user}:${password}`)];

let results: string;
let endpoint: Endpoint;
const requests: IncomingMessage[] = [];
beforeEach(async () => {
  results = await mkdtemp(join(tmpdir(), 'faceoff-secrets-'));
  requests.length = 0;
  endpoint = await startEndpoint((request, response) => {
    requests.push(request);
    const headers = { 'content-type': 'application/json', 'x-replica-id': 'double-1' };
    response.writeHead(200, headers).end('{"top":[{"class":285,"label":"Egyptian cat","probability":0.7}]}');
  });
});
afterEach(async () => {
  await endpoint.close();
  await rm(results, { recursive: true });
});

const run = (...args: string[]) => startFaceoff(['run', '--results', results, ...args], secrets).finished;
const withSecrets = (url: string) => `${url.replace('//', `//${user}:${password}@`)}predict?k=3&token=${token}`;

/** Every file of every run by its path, with its content. */
async function written(): Promise<[path: string, content: string][]> {
  const entries = await readdir(results, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (path) => [path, await readFile(path, 'latin1')]));
}

function expectNone(texts: Iterable<[name: string, text: string]>, hidden: readonly string[]): void {
  for (const [name, text] of texts) for (const secret of hidden) expect(text, name).not.toContain(secret);
}

describe('a target with a user, a password and a token in its URL', () => {
  async function check({ code, stdout, stderr }: Awaited<ReturnType<typeof run>>): Promise<void> {
    expect([code, stderr]).toEqual([0, '']);
    const files = await written();
    expect(files.map(([path]) => path.split('/').at(-1))).toEqual(
      expect.arrayContaining(['run.json', 'samples.jsonl', 'events.jsonl', 'summary.json', 'report.md', 'report.html']),
    );
    expectNone([...files, ['standard output', stdout]], forms);
    const shown = `${endpoint.url.replace('//', '//***@')}predict?k=3&token=***`;
    const [run = ['', '']] = files.filter(([path]) => path.endsWith('run.json'));
    expect(JSON.parse(run[1]).targets[0].url).toBe(shown);
    expect(requests.length).toBeGreaterThan(150);
    for (const { headers, url } of requests) {
      expect(headers.authorization).toBe(`Basic ${btoa(`${user}:${password}`)}`);
      expect(url).toBe(`/predict?k=3&token=${token}`);
    }
  }

  test('gets them, and nothing written or shown has them', { timeout: 120_000 }, async () => {
    await check(await run('--target', `mine=${withSecrets(endpoint.url)}`, '--scenario', 'latency'));
  });

  test('is treated alike when a scenario file names it, and by every kind of load', { timeout: 120_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'faceoff-secrets-'));
    const file = join(folder, 'mine.yaml');
    const load = 'throughput: { seconds: 1, blocks: 1 }, autoscaling: { rate: 20, seconds: 1, quietSeconds: 1 }';
    await writeFile(file, `targets: { mine: "${withSecrets(endpoint.url)}" }\nscenarios: { latency: {}, ${load} }\n`);
    await check(await run('--file', file));
    await rm(folder, { recursive: true });
  });

  test('that redirects to a URL with them shows neither', async () => {
    const moved = await startEndpoint(({ url }, response) => {
      response.writeHead(308, { location: `https://${user}:${password}@127.0.0.1${url}` }).end();
    });
    const { code, stdout, stderr } = await run('--target', `mine=${withSecrets(moved.url)}`, '--scenario', 'latency');
    await moved.close();
    expect(code).toBe(1);
    const files = await written();
    expect(
      files.some(([, text]) => text.includes('a redirection to https://***@127.0.0.1/predict?k=3&token=***')),
    ).toBe(true);
    expectNone([...files, ['standard output', stdout], ['standard error', stderr]], forms);
  });
});

test('a run on this machine keeps the gateway’s password and the user’s secrets to itself', {
  timeout: 300_000,
}, async () => {
  const mark = `FACEOFF_TEST=${results}`;
  const args = ['run', '--results', results, '--scenario', 'latency'];
  const { finished, output } = startFaceoff(args, { ...secrets, FACEOFF_TEST: results, OFFLINE: '1' });
  await expect.poll(output, { timeout: 200_000 }).toContain('Latency');
  const processes = await processesWith(mark);
  // The service, twice, and the gateway with what it starts: their command lines and environments.
  const isGateway = (line: string) => line.includes('GATEWAY_PASSWORD_FILE=');
  const gateway = processes.filter(isGateway);
  const services = processes.filter((line) => line.includes('app/dist/main.js') && !isGateway(line));
  const told = gateway.join('\n').matchAll(/GATEWAY_PASSWORD_FILE=(\S+)/g);
  const paths = [...new Set([...told].map(([, path = '']) => path))];
  const generated = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  const gatewayForms = generated.flatMap((password) => [password, btoa(`admin:${password}`)]);
  // A hybrid has a gateway and a base of its own, where there can be one.
  expect(paths.length).toBeGreaterThanOrEqual(1);
  expect(services.length).toBeGreaterThanOrEqual(2);
  expectNone(
    [...services, ...gateway].map((line) => ['a process that runs', line]),
    forms,
  );
  expectNone(
    processes.map((line) => ['a process that runs', line]),
    gatewayForms,
  );
  const { code, stdout, stderr } = await finished;
  expect([code, stderr]).toEqual([0, '']);
  expect(paths.filter(existsSync)).toEqual([]);
  expectNone([...(await written()), ['standard output', stdout]], [...forms, ...gatewayForms]);
});
