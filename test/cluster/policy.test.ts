import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { compliant } from '../../policy/test-stack/compliant.ts';
import { violating } from '../../policy/test-stack/violating.ts';

const run = promisify(execFile);
const repository = resolve(import.meta.dirname, '../..');

/** A program of its own that makes whatever objects.json says. Rendered to files: no cluster is needed, and the provider is real. */
const program = {
  'Pulumi.yaml': 'name: objects\nruntime: {name: nodejs, options: {typescript: false}}\nmain: index.js\n',
  'Pulumi.test.yaml': '',
  'package.json': '{"name": "objects", "version": "0.0.0", "type": "module", "main": "index.js"}',
  'index.js': `
    import { readFileSync } from 'node:fs';
    import { Provider } from '@pulumi/kubernetes';
    import { CustomResource } from '@pulumi/pulumi';
    const provider = new Provider('rendered', { renderYamlToDirectory: 'rendered' });
    for (const { type, props } of JSON.parse(readFileSync('objects.json', 'utf8'))) {
      const [, apiVersion, kind] = type.split(':');
      new CustomResource(type, kind, { apiVersion: apiVersion.replace('core/', ''), kind, ...props }, { provider });
    }`,
};

describe('the policy pack in the real engine', () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;

  const pulumi = async (...args: string[]) => {
    const options = { cwd: folder, env, maxBuffer: 64 << 20 };
    // Tells in one text what the user sees, and whether the command succeeded.
    return run('pulumi', [...args, '--stack', 'test', '--non-interactive', '--color', 'never'], options).then(
      ({ stdout, stderr }) => ({ succeeded: true, said: stdout + stderr }),
      ({ stdout, stderr, message }) => ({ succeeded: false, said: `${message}\n${stdout}${stderr}` }),
    );
  };
  const up = async (objects: object[]) => {
    await writeFile(join(folder, 'objects.json'), JSON.stringify(objects));
    return pulumi('up', '--yes', '--policy-pack', join(repository, 'policy'));
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faceoff-policy-'));
    // Rendering is refused together with a kubeconfig in the environment.
    const { KUBECONFIG: _, ...rest } = inject('cluster').env;
    env = { ...rest, PULUMI_BACKEND_URL: `file://${folder}/state` };
    await Promise.all([mkdir(join(folder, 'state')), mkdir(join(folder, 'rendered'))]);
    await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
    await Promise.all(Object.entries(program).map(([name, text]) => writeFile(join(folder, name), text)));
    const { said, succeeded } = await pulumi('stack', 'init', '--no-select');
    if (!succeeded) throw new Error(said);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(Object.keys(violating))(
    'refuses a stack that breaks %s, by its name, before anything is made',
    async (name) => {
      const { said, succeeded } = await up(violating[name] ?? []);
      expect(succeeded, said).toBe(false);
      expect([...said.matchAll(/\[mandatory\]\s+(\S+)/g)].map(([, policy]) => policy)).toEqual([name]);
      expect((await pulumi('stack', 'export')).said).not.toContain('kubernetes:apps/v1:Deployment');
    },
  );

  it('lets one pass that follows its rules', async () => {
    const { said, succeeded } = await up(compliant());
    expect(succeeded, said).toBe(true);
    expect(said).toContain('faceoff@v0.1.0');
  });
});
