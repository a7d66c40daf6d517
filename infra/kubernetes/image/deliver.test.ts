import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deliver } from './deliver.ts';

const image = 'faceoff/classifier:0123';
let lines: string[];
let bin: string;
const context = (signal = new AbortController().signal) => ({
  signal,
  progress: (line: string) => void lines.push(line),
});

beforeEach(async () => {
  lines = [];
  bin = await mkdtemp(join(tmpdir(), 'faceoff-bin-'));
  vi.stubEnv('PATH', `${bin}${delimiter}${process.env['PATH']}`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(bin, { recursive: true });
});

/** Stands in for Minikube: prints how it was called, and these images when asked for them. */
async function minikube(images: string): Promise<void> {
  const path = join(bin, 'minikube');
  await writeFile(path, `#!/bin/sh\nif [ "$4" = ls ]; then printf '${images}'; else echo "$@"; fi\n`);
  await chmod(path, 0o755);
}

test('a command gets the image in its environment, and what it prints is progress', async () => {
  await deliver(image, { by: 'command', command: 'echo "bring $IMAGE"; echo warning >&2', context: 'lab' }, context());
  expect(lines.sort()).toEqual([`bring ${image}`, 'warning']);
});

test('a command that fails is named, with its status and what it said last', async () => {
  const delivery = deliver(image, { by: 'command', command: 'echo no space left; exit 3', context: 'lab' }, context());
  await expect(delivery).rejects.toThrow('image:command failed with status 3\nno space left');
});

test('a stop ends a command and what it has started', async () => {
  const controller = new AbortController();
  const delivery = deliver(
    image,
    { by: 'command', command: 'echo started; sleep 600 | cat', context: 'lab' },
    {
      ...context(controller.signal),
      progress: () => controller.abort(),
    },
  );
  await expect(delivery).rejects.toThrow('image:command was ended by SIGTERM');
});

test('minikube loads into the cluster that is named', async () => {
  await minikube(`docker.io/${image}\\n`);
  await deliver(image, { by: 'minikube', profile: 'lab' }, context());
  expect(lines).toEqual([`-p lab image load ${image}`]);
});

test('an image that is not on the node afterwards is an error, though minikube ends well', async () => {
  await minikube('docker.io/faceoff/classifier:4567\\n');
  const delivery = deliver(image, { by: 'minikube', profile: 'lab' }, context());
  await expect(delivery).rejects.toThrow(`${image} is not on the node "lab"`);
});

test('a program that is missing is named', async () => {
  vi.stubEnv('PATH', bin);
  const delivery = deliver(image, { by: 'minikube', profile: 'lab' }, context());
  await expect(delivery).rejects.toThrow(
    'minikube image load into "lab", the cluster\'s context, cannot be run: spawn minikube ENOENT',
  );
});
