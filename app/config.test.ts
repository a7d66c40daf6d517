import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { ConfigError } from './config-error.ts';

const numbers = [
  { name: 'PORT', key: 'port', least: 0, most: 65_535 },
  { name: 'THREADS', key: 'threads', least: 1, most: 256 },
  { name: 'INFERENCE_SECONDS', key: 'inferenceSeconds', least: 1, most: 3600 },
  { name: 'QUEUE_LIMIT', key: 'queueLimit', least: 0, most: 100_000 },
  { name: 'MAX_BYTES', key: 'maxBytes', least: 1, most: 1_000_000_000 },
  { name: 'MAX_PIXELS', key: 'maxPixels', least: 1, most: 1_000_000_000 },
  { name: 'MAX_UNPACKED_BYTES', key: 'maxUnpackedBytes', least: 1, most: 1_000_000_000 },
  { name: 'MAX_CONNECTIONS', key: 'maxConnections', least: 1, most: 1_000_000 },
  { name: 'CLIENT_SECONDS', key: 'clientSeconds', least: 1, most: 3600 },
  { name: 'DRAIN_SECONDS', key: 'drainSeconds', least: 0, most: 3600 },
] as const;

describe('readConfig', () => {
  test('has a default for everything', () => {
    expect(readConfig({})).toMatchObject({ host: '0.0.0.0', port: 8080, offline: false, maxBytes: 10 * 1024 * 1024 });
  });

  test('leaves out what has no default', () => {
    expect(Object.keys(readConfig({}))).not.toEqual(expect.arrayContaining(['modelDir']));
  });

  test('takes an empty variable as unset', () => {
    expect(readConfig({ PORT: '', MODEL_DIR: '', BACKEND: '' })).toEqual(readConfig({}));
  });

  test('keeps downloads where the system keeps caches', () => {
    expect(readConfig({ XDG_CACHE_HOME: '/caches' }).cacheDir).toBe('/caches/faceoff');
  });

  test('prefers the cache folder that is named', () => {
    expect(readConfig({ XDG_CACHE_HOME: '/caches', MODEL_CACHE_DIR: '/mine' }).cacheDir).toBe('/mine');
  });

  test.each(['1', 'true'])('is offline for %s', (value) => {
    expect(readConfig({ OFFLINE: value }).offline).toBe(true);
  });

  test('names the variable, its value, and what is allowed', () => {
    expect(() => readConfig({ BACKEND: 'gpu' })).toThrow('BACKEND=gpu: it must be one of onnx, tfjs-node, tfjs-wasm.');
  });

  test('names every variable that is wrong', () => {
    expect(() => readConfig({ PORT: 'x', OFFLINE: 'maybe' })).toThrow(/PORT=x.*\nOFFLINE=maybe/);
  });

  test.each(numbers)('takes any $name that is allowed', ({ name, key, least, most }) => {
    fc.assert(
      fc.property(fc.integer({ min: least, max: most }), (value) => {
        expect(readConfig({ [name]: String(value) })[key]).toBe(value);
      }),
    );
  });

  test.each(numbers)('refuses any other $name', ({ name, least, most }) => {
    const outside = fc.oneof(fc.integer({ max: least - 1 }), fc.integer({ min: most + 1 }), fc.double());
    const wrong = fc.oneof(outside.map(String), fc.string({ minLength: 1 })).filter((text) => {
      return !(/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most);
    });
    fc.assert(
      fc.property(wrong, (value) => {
        expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
      }),
    );
  });
});
