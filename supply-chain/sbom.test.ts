import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';

const sbomSchema = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  components: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      purl: z.string(),
      licenses: z.array(z.unknown()).optional(),
      hashes: z.array(z.object({ alg: z.string(), content: z.string() })).optional(),
    }),
  ),
});

type Components = z.infer<typeof sbomSchema>['components'];
const root = join(import.meta.dirname, '..');

function run(program: string, args: string[], cwd: string): Components {
  const { stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 64 << 20 });
  expect(stderr).toBe('');
  return sbomSchema.parse(JSON.parse(stdout)).components;
}

let components: Components;
beforeAll(() => {
  components = run('npm', ['run', '--silent', 'sbom'], root);
});

const versionOf = (name: string) => components.find((each) => each.name === name)?.version;

test.each(['fastify', 'sharp', 'onnxruntime-node', '@tensorflow/tfjs-core', '@img/sharp-libvips-linux-x64'])(
  'the bill of materials has %s, with its version and its hash',
  (name) => {
    expect(versionOf(name)).toMatch(/^\d+\.\d+\.\d+/);
    expect(components.find((each) => each.name === name)?.hashes).not.toHaveLength(0);
  },
);

test.each(['vitest', '@biomejs/biome', '@pulumi/pulumi', 'autocannon', 'typescript'])('it has no %s', (name) => {
  expect(versionOf(name)).toBeUndefined();
});

test('that of the image has what is installed there and no more, whatever its tools are without', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'faceoff-sbom-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const manifests = {
    'package.json': { name: 'all', dependencies: { elsewhere: '1.0.0' }, overrides: { inner: '2.0.0' } },
    'app/package.json': {
      name: 'app',
      version: '1.0.0',
      dependencies: { outer: '1.0.0' },
      devDependencies: { tool: '1.0.0' },
    },
    'node_modules/outer/package.json': { name: 'outer', version: '1.0.0', dependencies: { inner: '^1.0.0' } },
    'node_modules/inner/package.json': { name: 'inner', version: '2.0.0' },
    'node_modules/left-over/package.json': { name: 'left-over', version: '3.0.0' },
  };
  for (const [path, manifest] of Object.entries(manifests)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), JSON.stringify(manifest));
  }
  const found = run(process.execPath, [join(root, 'app/sbom.js')], folder);
  expect(found.map(({ name, version }) => `${name}@${version}`).sort()).toEqual([
    'inner@2.0.0',
    'left-over@3.0.0',
    'outer@1.0.0',
  ]);
});
