import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Makes a folder for one test. @param files content by path inside it. */
export async function folderWith(files: Record<string, string | Uint8Array> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'faceoff-app-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** The files of a whole, tiny graph model: 12 bytes of weights in two files. */
export function tinyGraphModel(): Record<string, string | Uint8Array> {
  const json = {
    format: 'graph-model',
    modelTopology: { node: [{ name: 'x', op: 'Const' }] },
    weightsManifest: [
      {
        paths: ['group1-shard1of2', 'group1-shard2of2'],
        weights: [
          { name: 'a', shape: [2], dtype: 'float32' },
          { name: 'b', shape: [2, 2], dtype: 'float32', quantization: { dtype: 'uint8', min: 0, scale: 1 } },
        ],
      },
    ],
  };
  return {
    'model.json': JSON.stringify(json),
    'group1-shard1of2': new Uint8Array([1, 2, 3, 4, 5, 6, 7]),
    'group1-shard2of2': new Uint8Array([8, 9, 10, 11, 12]),
  };
}
