import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, tinyGraphModel } from '../test/folder.ts';
import { readGraphModel } from './graph-model.ts';

async function reading(changed: Record<string, string | Uint8Array>) {
  return readGraphModel(join(await folderWith({ ...tinyGraphModel(), ...changed }), 'model.json'));
}

/** model.json with something else in its manifest. */
function manifestWith(group: object): Record<string, string> {
  const json = JSON.parse(String(tinyGraphModel()['model.json']));
  return { 'model.json': JSON.stringify({ ...json, weightsManifest: [{ ...json.weightsManifest[0], ...group }] }) };
}

describe('readGraphModel', () => {
  test('puts the weights in a row', async () => {
    const { weights } = await reading({});
    expect([...new Uint8Array(weights)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test('refuses weights that were cut short', async () => {
    await expect(reading({ 'group1-shard2of2': new Uint8Array(4) })).rejects.toThrow('have 11 bytes; 12 are wanted');
  });

  test('refuses weights that are too long', async () => {
    await expect(reading({ 'group1-shard2of2': new Uint8Array(6) })).rejects.toThrow('have 13 bytes; 12 are wanted');
  });

  test('names a weight file that is missing', async () => {
    await expect(reading(manifestWith({ paths: ['gone'] }))).rejects.toThrow(/gone cannot be read/);
  });

  test('refuses what is not JSON', async () => {
    await expect(reading({ 'model.json': '<!doctype html>' })).rejects.toThrow('is not JSON');
  });

  test('refuses JSON that is no graph model', async () => {
    await expect(reading({ 'model.json': '{"modelTopology": {}}' })).rejects.toThrow('is no TF.js graph model');
  });

  test.each(['../../etc/passwd', '/etc/passwd', 'a/b', '..'])('does not follow the file name %s', async (path) => {
    await expect(reading(manifestWith({ paths: [path] }))).rejects.toThrow('a plain file name');
  });
});
