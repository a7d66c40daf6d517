import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { expect, test, vi } from 'vitest';
import { scriptProvider } from './script-provider.ts';

const script = 'infra/kubernetes/provider/test-double/script.ts';
const provider = scriptProvider(script);

test('a script makes a resource, and a library that logs does not disturb its answer', async () => {
  expect(await provider.create?.({ name: 'thing' })).toEqual({
    id: 'the-thing',
    outs: { name: 'thing', act: 'answer', seen: true },
  });
});

test('it reads, updates, compares and deletes', async () => {
  const olds = { name: 'thing', act: 'answer' };
  expect(await provider.read?.('the-thing', olds)).toEqual({ id: 'the-thing', props: { ...olds, seen: false } });
  expect(await provider.update?.('the-thing', olds, { name: 'other' })).toEqual({
    outs: { name: 'other', act: 'answer', renamed: 'thing to other' },
  });
  expect(await provider.diff?.('the-thing', olds, { name: 'other' })).toEqual({ changes: true });
  expect(await provider.delete?.('the-thing', olds)).toEqual({});
});

test('its error comes back as one line', async () => {
  await expect(provider.create?.({ name: 'thing', act: 'fail' })).rejects.toThrow(/^thing cannot be made$/);
});

test('a script that ends without an answer is told with its status', async () => {
  await expect(provider.create?.({ name: 'thing', act: 'exit' })).rejects.toThrow(`${script} ended with status 3`);
});

test('a script that is not there is told', async () => {
  await expect(scriptProvider('infra/missing.ts').create?.({})).rejects.toThrow('infra/missing.ts ended with status 1');
});

test('what Pulumi keeps of it names no folder of this machine, and works from there', async () => {
  const { text } = await pulumi.runtime.serializeFunction(() => provider);
  expect(text).not.toContain(process.cwd());
});

test('a script notices that Pulumi was killed, and ends in order', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'faceoff-script-'));
  const left = join(folder, 'left');
  const pulumiProcess = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      `import { scriptProvider } from './infra/kubernetes/provider/index.ts';
       await scriptProvider('${script}').create({ name: '${left}', act: 'wait' });`,
    ],
    { stdio: ['ignore', 'inherit', 'pipe'] },
  );
  await new Promise<void>((resolve) => {
    pulumiProcess.stderr.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('making')) resolve();
    });
  });
  pulumiProcess.kill('SIGKILL');
  await vi.waitFor(
    async () => expect(await readFile(left, 'utf8')).toBe('stopped: stopped before it was done'),
    20_000,
  );
  await rm(folder, { recursive: true });
});
