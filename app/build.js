// Builds the service for production, into dist/. A start pays for every file that it reads: the service and the libraries that
// are plain JavaScript become a few files, of which a start loads only those it needs.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const app = fileURLToPath(new URL('.', import.meta.url));
const dist = join(app, 'dist');

/** Libraries with native code, or that look for files beside their own. */
const external = ['@tensorflow/*', 'onnxruntime-node', 'piscina', 'sharp'];

const { outputFiles } = await build({
  absWorkingDir: app,
  entryPoints: { main: 'main.ts', prepare: 'prepare.ts', worker: 'classifier/worker.ts' },
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  tsconfigRaw: {},
  external,
  // CommonJS libraries in a bundle of ES modules find Node's own modules by this.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  logLevel: 'warning',
  write: false,
});
const files = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
files.set('page.html', await readFile(join(app, 'service/page.html')));

await mkdir(dist, { recursive: true });
for (const [name, contents] of files) await put(join(dist, name), contents);
for (const name of await readdir(dist)) {
  if (!files.has(name)) await rm(join(dist, name), { recursive: true, force: true });
}

/** Whole or not at all, and only where something changed: the service may run from here meanwhile. */
async function put(path, contents) {
  const there = await readFile(path).catch(() => undefined);
  if (there?.equals(contents)) return;
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, contents);
  await rename(temporary, path);
}
