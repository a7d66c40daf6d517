import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The Job's program and all that it imports, as one ES module. */
export async function bundleJobProgram(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./job-program.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    write: false,
    logLevel: 'silent',
    // One that libraries ask for and go without.
    external: ['canvas'],
    // Libraries that are CommonJS ask for Node's own modules by require.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
  return outputFiles[0]?.text ?? '';
}
