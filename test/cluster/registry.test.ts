import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { credentials, Registry } from './registry.ts';
import { clusterObjects, Stack } from './stack.ts';

const own = inject('cluster').kind === 'own';

describe.runIf(own)(
  'a registry on 127.0.0.1 of this machine, which is the node too (no Minikube node reaches it)',
  () => {
    let registry: Registry;
    let stack: Stack;
    let before: string[];

    beforeAll(async () => {
      registry = await Registry.start();
      stack = await Stack.create('server', {
        'benchmark:enabled': false,
        'image:delivery': 'registry',
        'image:command': undefined,
        'image:registryServer': registry.server,
        'image:registryUsername': credentials.username,
      });
      before = await clusterObjects(stack);
    });
    afterAll(async () => {
      await stack?.dispose();
      await registry?.stop();
    });

    const setPassword = (text: string) => stack.pulumi('config', 'set', '--secret', 'image:registryPassword', text);

    test('a wrong password fails the update before a pod waits for the image', async () => {
      await setPassword('wrong');
      const failed = await stack.up();
      expect(failed.succeeded).toBe(false);
      expect(failed.log).toMatch(/unauthorized|no basic auth credentials|denied/);
      const pods = await stack.kubectl('get', 'pods', '--all-namespaces', '--output', 'name');
      expect(pods).not.toContain('server');
    });

    test('the image is pushed, and the nodes pull it with the password', async () => {
      await setPassword(credentials.password);
      const made = await stack.up();
      expect(made.succeeded, made.log).toBe(true);
      const { imageName, imageDigest } = await stack.outputs<{ imageName: string; imageDigest: string }>();
      expect(imageName).toMatch(new RegExp(`^${registry.server}/faceoff/classifier:[0-9a-f]{16}$`));
      const path = 'jsonpath={.items[*].status.containerStatuses[*].imageID}';
      const running = await stack.kubectl('--namespace', 'faceoff', 'get', 'pods', '--output', path);
      expect(running).toBe(imageDigest);
    });

    test('a second update changes nothing', async () => {
      const again = await stack.up('--expect-no-changes');
      expect(again.succeeded, again.log).toBe(true);
    });

    test('the password is in no plain state or output', async () => {
      const { username, password } = credentials;
      const kept = `${await stack.export()}${JSON.stringify(await stack.outputs())}`;
      expect(kept).not.toContain(password);
      expect(kept).not.toContain(Buffer.from(`${username}:${password}`).toString('base64'));
    });

    test('destroy leaves the cluster as it was', async () => {
      const destroyed = await stack.destroy();
      expect(destroyed.succeeded, destroyed.log).toBe(true);
      expect(await clusterObjects(stack)).toEqual(before);
    });
  },
);
