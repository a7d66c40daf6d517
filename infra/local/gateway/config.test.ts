import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { openfaasTiming, quickTiming } from './scaling/index.ts';

const images = JSON.stringify({ double: { command: ['node', 'double.js'] } });

test('images are enough', () => {
  const config = readConfig({ GATEWAY_IMAGES: images });
  expect(config).toMatchObject({ host: '127.0.0.1', port: 8080, namespace: 'openfaas-fn', timing: openfaasTiming });
  expect(config.images.get('double')).toEqual({ command: ['node', 'double.js'] });
});

test('a password that nobody gave is absent', () => {
  expect(readConfig({ GATEWAY_IMAGES: images })).not.toHaveProperty('password');
});

test('reads the password from a file, without its line end', () => {
  const folder = mkdtempSync(join(tmpdir(), 'faceoff-test-'));
  const path = join(folder, 'basic-auth-password');
  writeFileSync(path, 'from a file\n');
  expect(readConfig({ GATEWAY_IMAGES: images, GATEWAY_PASSWORD_FILE: path }).password).toBe('from a file');
  rmSync(folder, { recursive: true });
});

test('takes a timing by name or in full', () => {
  expect(readConfig({ GATEWAY_IMAGES: images, GATEWAY_TIMING: 'quick' }).timing).toEqual(quickTiming);
  const own = { ...quickTiming, threshold: 1 };
  expect(readConfig({ GATEWAY_IMAGES: images, GATEWAY_TIMING: JSON.stringify(own) }).timing).toEqual(own);
});

test('limits that are not given keep their defaults', () => {
  const { limits } = readConfig({ GATEWAY_IMAGES: images, GATEWAY_LIMITS: '{"maxWaiting": 3}' });
  expect(limits).toMatchObject({ maxWaiting: 3, startTimeoutMs: 60_000 });
});

test('a client has as long for a whole request as a replica may take to start, and its own time', () => {
  const env = {
    GATEWAY_CLIENT_SECONDS: '5',
    GATEWAY_LIMITS: '{"startTimeoutMs": 20000}',
    GATEWAY_MAX_CONNECTIONS: '7',
  };
  const { clients } = readConfig({ GATEWAY_IMAGES: images, ...env });
  expect(clients).toEqual({ seconds: 5, requestSeconds: 25, maxConnections: 7 });
});

test.each([
  ['no images', {}, /GATEWAY_IMAGES/],
  ['images that are not JSON', { GATEWAY_IMAGES: 'double' }, /GATEWAY_IMAGES: must be JSON/],
  ['an image without a command', { GATEWAY_IMAGES: '{"a":{"command":[]}}' }, /GATEWAY_IMAGES.a.command: must name/],
  ['a port out of range', { GATEWAY_IMAGES: images, PORT: '70000' }, /PORT/],
  ['no time for clients', { GATEWAY_IMAGES: images, GATEWAY_CLIENT_SECONDS: '0' }, /GATEWAY_CLIENT_SECONDS/],
  ['no connections', { GATEWAY_IMAGES: images, GATEWAY_MAX_CONNECTIONS: '0' }, /GATEWAY_MAX_CONNECTIONS/],
  ['an unknown timing', { GATEWAY_IMAGES: images, GATEWAY_TIMING: 'slow' }, /GATEWAY_TIMING: must be openfaas, quick/],
])('%s: refused by name', (_, environment, message) => {
  expect(() => readConfig(environment)).toThrow(message);
});
