import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Backend } from './contestant.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What each backend has for itself; the rest of the service's packages are there for all. */
const packages: Record<Backend, readonly string[]> = {
  onnx: ['onnxruntime-node'],
  'tfjs-node': ['@tensorflow/tfjs-node'],
  'tfjs-wasm': ['@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-core', '@tensorflow/tfjs-converter'],
};

const dependencies = z.record(z.string(), z.string()).default({});
const lockfile = z.object({
  packages: z.record(z.string(), z.object({ dependencies, optionalDependencies: dependencies })),
});
type Lockfile = z.infer<typeof lockfile>;

/** Bytes that the image holds beyond its base and the model. */
export interface ImageSizes {
  /** The service, and the packages that every backend needs. */
  common: number;
  /** A backend's own packages, those that are in `common` left out. */
  own: Record<Backend, number>;
}

/** Adds up the files that app/Dockerfile takes into the image, as they are installed here. */
export async function imageSizes(): Promise<ImageSizes> {
  const lock = lockfile.parse(JSON.parse(await readFile(join(root, 'node_modules/.package-lock.json'), 'utf8')));
  const app = z.object({ dependencies }).parse(JSON.parse(await readFile(join(root, 'app/package.json'), 'utf8')));
  const special = new Set(Object.values(packages).flat());
  const shared = closure(
    lock,
    Object.keys(app.dependencies).filter((name) => !special.has(name)),
  );
  const own = Object.entries(packages).map(async ([backend, names]) => {
    const paths = [...closure(lock, names)].filter((path) => !shared.has(path));
    return [backend, await bytesOf(paths)] as const;
  });
  return {
    common: (await bytesOf(shared)) + (await bytesOf(['app/dist', 'app/package.json'])),
    own: Object.fromEntries(await Promise.all(own)) as Record<Backend, number>,
  };
}

/** Folders of packages and of all that they depend on, as Node finds them from the folder of who asks. */
function closure({ packages: known }: Lockfile, names: readonly string[]): Set<string> {
  const found = new Set<string>();
  const add = (name: string, from: string): void => {
    const path = nearest(known, name, from);
    // Optional packages are there for the platform that they are for.
    if (path === undefined || found.has(path)) return;
    found.add(path);
    const { dependencies: needed = {}, optionalDependencies: wanted = {} } = known[path] ?? {};
    for (const each of Object.keys({ ...needed, ...wanted })) add(each, path);
  };
  for (const name of names) add(name, 'app');
  return found;
}

function nearest(known: Lockfile['packages'], name: string, from: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (path in known) return path;
    if (folder === '') return undefined;
  }
}

/**
 * Bytes of files, and of all files below folders, each counted once however many symbolic links lead to it. Packages inside packages
 * are counted where they are named.
 *
 * @param paths absolute, or from the project's folder; one that is not there has none.
 */
export async function bytesOf(paths: Iterable<string>, counted = new Set<string>()): Promise<number> {
  const sizes = await Promise.all([...paths].map((path) => size(path, counted)));
  return sizes.reduce((sum, each) => sum + each, 0);
}

/** What app/Dockerfile takes out of node_modules. */
function isLeftOut(path: string): boolean {
  const own = `napi-v6/linux/${process.arch}`;
  return /musl|\.map$/.test(path) || (/napi-v6\/[^/]+\/[^/]+/.test(path) && !path.includes(own));
}

async function size(path: string, counted: Set<string>): Promise<number> {
  const real = await realpath(resolve(root, path)).catch(() => undefined);
  if (real === undefined || isLeftOut(path) || counted.has(real)) return 0;
  counted.add(real);
  const found = await stat(real);
  if (!found.isDirectory()) return found.size;
  const names = (await readdir(real)).filter((name) => name !== 'node_modules');
  return bytesOf(
    names.map((name) => `${path}/${name}`),
    counted,
  );
}
