/**
 * A stand-in for the provider of @pulumi/docker, for the cluster tests alone: its resource Image, as far as the program
 * uses it, by the docker command. The daemon is that of DOCKER_HOST.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { main, type Provider } from '@pulumi/pulumi/provider/index.js';
import * as runtime from '@pulumi/pulumi/runtime/index.js';
import { z } from 'zod';

/** Pulumi marks what is a secret. */
const secretText = z.preprocess((given) => runtime.unwrapRpcSecret(given), z.string());

const inputsSchema = z.object({
  imageName: z.string(),
  build: z.object({
    context: z.string(),
    dockerfile: z.string(),
    platform: z.string().optional(),
    args: z.record(z.string(), z.string()).optional(),
  }),
  skipPush: z.boolean().default(false),
  registry: z
    .object({ server: z.string().optional(), username: z.string().optional(), password: secretText.optional() })
    .optional(),
});
type Inputs = z.infer<typeof inputsSchema>;

const provider: Provider = {
  version: '5.2.0',
  check: async (_urn, _olds, news) => ({ inputs: news }),
  diff: async (_id, _urn, olds, news) => ({ changes: !isDeepStrictEqual(inputsOf(olds), inputsOf(news)) }),
  create: async (_urn, news) => make(news),
  update: async (_id, _urn, _olds, news) => make(news),
  // As the real one, it leaves images where they are.
  delete: async () => undefined,
  read: async (id, _urn, props) => ({ id, props }),
};

function inputsOf(props: unknown): Inputs {
  return inputsSchema.parse(props);
}

async function make(props: unknown) {
  const { imageName, build, skipPush, registry } = inputsOf(props);
  const options = [
    ...(build.platform === undefined ? [] : ['--platform', build.platform]),
    ...Object.entries(build.args ?? {}).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
  ];
  // Debian's daemon has no network of its own here.
  await docker([
    'build',
    '--network',
    'host',
    '--tag',
    imageName,
    '--file',
    build.dockerfile,
    ...options,
    build.context,
  ]);
  const id = (await docker(['image', 'inspect', '--format', '{{.Id}}', imageName])).trim();
  const repoDigest = skipPush ? id : await push(imageName, registry);
  return { id: imageName, outs: { ...(props as object), repoDigest, baseImageName: imageName } };
}

/** With a login of its own, which is gone afterwards. */
async function push(imageName: string, registry: Inputs['registry']): Promise<string> {
  const config = await mkdtemp(join(tmpdir(), 'faceoff-docker-'));
  try {
    const { server, username, password } = registry ?? {};
    const auth = Buffer.from(`${username}:${password}`).toString('base64');
    const auths = server === undefined || password === undefined ? {} : { [server]: { auth } };
    await writeFile(join(config, 'config.json'), JSON.stringify({ auths }), { mode: 0o600 });
    await docker(['--config', config, 'push', imageName]);
  } finally {
    await rm(config, { recursive: true });
  }
  return (await docker(['image', 'inspect', '--format', '{{index .RepoDigests 0}}', imageName])).trim();
}

function docker(args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    // The classic builder: Debian's Docker has no other.
    const env = { ...process.env, DOCKER_BUILDKIT: '0' };
    const child = spawn('docker', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk;
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    child.once('error', reject);
    child.once('close', (status) => {
      if (status === 0) resolve(printed);
      else reject(new Error(`docker ${args[0]} ended with status ${status}: ${(said + printed).slice(-2000)}`));
    });
  });
}

await main(provider, process.argv.slice(2));
