import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { photoClasses } from '../../app/test/pictures.ts';
import { classify } from './classify.ts';
import { underLoad } from './load.ts';
import { clusterObjects, Stack, type Update } from './stack.ts';

let stack: Stack;
let before: string[];

beforeAll(async () => {
  stack = await Stack.create('server', { 'benchmark:enabled': false });
  before = await clusterObjects(stack);
});
afterAll(() => stack?.dispose());

const url = async () => (await stack.outputs<{ urls: { server: string } }>()).urls.server;

test('a preview succeeds, makes nothing, and delivers nothing', async () => {
  const preview = await stack.preview();
  expect(preview.succeeded, preview.log).toBe(true);
  expect(preview.log).toContain('kubernetes:apps/v1:Deployment');
  expect(await clusterObjects(stack)).toEqual(before);
});

test('an update whose image does not reach the node fails, and the next one, held to the policies, repairs it', async () => {
  const { 'image:delivery': delivery, 'image:command': command } = inject('cluster').config;
  await stack.configure({ 'image:delivery': 'command', 'image:command': 'echo no way to the node >&2; exit 3' });
  const failed = await stack.up();
  expect(failed.succeeded).toBe(false);
  expect(failed.log).toContain('no way to the node');

  await stack.configure({ 'image:delivery': delivery, 'image:command': command });
  const repaired = await stack.up('--policy-pack', 'policy');
  expect(repaired.succeeded, repaired.log).toBe(true);
});

test('the server classifies a photo at the URL that is an output', async () => {
  const answer = await classify(await url());
  expect(answer.status).toBe(200);
  const { top } = (await answer.json()) as { top: { class: number; label: string }[] };
  // Without real weights the classes mean nothing.
  const expected = process.env['MODEL_DIR'] === undefined ? {} : photoClasses['bird.jpg'];
  expect(top[0]).toMatchObject(expected);
});

test('a second update changes nothing', async () => {
  const again = await stack.up('--expect-no-changes');
  expect(again.succeeded, again.log).toBe(true);
});

test('another app is rolled out under load without a failed request', async () => {
  const { imageName } = await stack.outputs<{ imageName: string }>();
  const to = await url();
  await stack.edit('app/main.ts', (text) => `${text}\n// Another content.\n`);
  let changed: Update | undefined;
  const { answered, failures } = await underLoad(
    () => classify(to),
    async () => {
      changed = await stack.up();
      // The old replica still ends.
      await sleep(20_000);
    },
  );
  expect(changed?.succeeded, changed?.log).toBe(true);
  expect((await stack.outputs<{ imageName: string }>()).imageName).not.toBe(imageName);
  expect(answered).toBeGreaterThan(50);
  expect(failures).toEqual([]);
});

test('replicas are taken away under load without a failed request', async () => {
  const to = await url();
  await stack.configure({ 'server:replicas': 3 });
  const more = await stack.up();
  expect(more.succeeded, more.log).toBe(true);
  await stack.configure({ 'server:replicas': 1 });
  let fewer: Update | undefined;
  const { answered, failures } = await underLoad(
    () => classify(to),
    async () => {
      fewer = await stack.up();
      // The two that go still end.
      await sleep(20_000);
    },
    // Connections stay with their replica: each replica has some.
    12,
  );
  expect(fewer?.succeeded, fewer?.log).toBe(true);
  const pods = await stack.kubectl('--namespace', 'faceoff', 'get', 'pods', '--output', 'name');
  expect(pods.trim().split('\n')).toHaveLength(1);
  expect(answered).toBeGreaterThan(50);
  expect(failures).toEqual([]);
});

test('destroy leaves the cluster as it was', async () => {
  const destroyed = await stack.destroy();
  expect(destroyed.succeeded, destroyed.log).toBe(true);
  expect(await clusterObjects(stack)).toEqual(before);
});
