import { readFileSync } from 'node:fs';
import * as pulumi from '@pulumi/pulumi';
import { expect, test } from 'vitest';
import { EngineDouble } from '../test-double/engine.ts';
import { ClassifierImage, type ClassifierImageArgs } from './classifier-image.ts';

type Config = ClassifierImageArgs['image'];
const image: Config = { repository: 'faceoff/classifier', delivery: 'minikube' };
const registry = { server: 'registry.example:5000' };
const credentials = { username: 'me', password: pulumi.secret('hidden') };

const value = (output: pulumi.Output<string>): Promise<string> => new Promise((resolve) => output.apply(resolve));

async function make(config: Partial<Config> = {}, more: Partial<ClassifierImageArgs> = {}) {
  const engine = await EngineDouble.start();
  const made = new ClassifierImage('classifier', {
    image: { ...image, ...config },
    tag: 'abc',
    context: 'minikube',
    ...more,
  });
  const [name, digest] = await Promise.all([made.name, made.digest].map(value));
  await engine.done();
  return { engine, made, name, digest, built: engine.inputs(':Image', 'classifier') };
}

const deliveries = ({ engine }: { engine: EngineDouble }) =>
  engine.all('/faceoff:ImageDelivery').map(({ inputs }) => inputs['way']);

test('an image that is there already is neither built nor delivered', async () => {
  const { engine, name, digest } = await make({ name: 'a/b:1' });
  expect([name, digest]).toEqual(['a/b:1', 'a/b:1']);
  expect(engine.resources.map(({ type }) => type)).toEqual(['faceoff:kubernetes:ClassifierImage']);
});

test("it is built from the project's folder, for the platform that is configured", async () => {
  const { built, name, digest } = await make({ platform: 'linux/arm64' });
  expect(built).toMatchObject({
    imageName: 'faceoff/classifier:abc',
    build: { context: '.', dockerfile: 'app/Dockerfile', platform: 'linux/arm64' },
    skipPush: true,
  });
  expect(built).not.toHaveProperty('registry');
  expect([name, digest]).toEqual(['faceoff/classifier:abc', 'sha256:0']);
});

test('it is built on the image that is configured', async () => {
  const base = `node:22@sha256:${'0'.repeat(64)}`;
  const { built } = await make({ base });
  expect(built).toMatchObject({ build: { args: { NODE_IMAGE: base } } });
  // A name that the Dockerfile does not know would be passed over.
  const dockerfile = readFileSync(new URL('../../../app/Dockerfile', import.meta.url), 'utf8');
  // As exact as a tag can be: another version is another commit.
  expect(dockerfile).toMatch(/^ARG NODE_IMAGE=node:\d+\.\d+\.\d+-bookworm-slim\nFROM/m);
  for (const [, from] of dockerfile.matchAll(/^FROM (\S+)/gm)) expect(from).toBe(`$${'{NODE_IMAGE}'}`);
});

test('Minikube loads it into the cluster of the stack', async () => {
  expect(deliveries(await make({}, { context: 'other' }))).toEqual([{ by: 'minikube', profile: 'other' }]);
});

test('an own command delivers it', async () => {
  expect(deliveries(await make({ delivery: 'command', command: 'load $IMAGE' }))).toEqual([
    { by: 'command', command: 'load $IMAGE', context: 'minikube' },
  ]);
});

test('a command that is a secret stays one', async () => {
  const { engine } = await make({ delivery: 'command', command: pulumi.secret('load with hidden') });
  const inputs = engine.inputs('/faceoff:ImageDelivery', 'classifier');
  expect(JSON.stringify(inputs)).toContain('load with hidden');
  const plain = JSON.stringify(inputs, (_, value) => (pulumi.runtime.isRpcSecret(value) ? 'a secret' : value));
  expect(plain).not.toContain('hidden');
});

test("Minikube's own daemon builds it where it is needed", async () => {
  const daemon = { host: 'tcp://192.0.2.1:2376', certPath: '/certs' };
  const made = await make({ delivery: 'minikube-docker' }, { daemon });
  expect(made.engine.inputs('providers:docker', 'classifier')).toMatchObject(daemon);
  expect(made.engine.all('image:Image')[0]?.provider).toContain('providers:docker::classifier');
  expect(deliveries(made)).toEqual([]);
});

test('a registry gets it, as the user that is configured', async () => {
  const made = await make({ delivery: 'registry', registry: { ...registry, credentials } });
  expect(made.built).toMatchObject({ imageName: 'registry.example:5000/faceoff/classifier:abc', skipPush: false });
  expect(JSON.stringify(made.built.registry)).toContain('"server":"registry.example:5000"');
  expect(made.name).toBe('registry.example:5000/faceoff/classifier:abc');
  expect(deliveries(made)).toEqual([]);
});

test('a repository that begins with the registry is not put into it twice', async () => {
  const { name } = await make({ delivery: 'registry', registry, repository: 'registry.example:5000/a/b' });
  expect(name).toBe('registry.example:5000/a/b:abc');
});

test('pods need a Secret to pull where there is a password, and none where there is not', async () => {
  const open = await make({ delivery: 'registry', registry });
  expect(open.made.pullSecretIn).toBeUndefined();
  const engine = await EngineDouble.start();
  const made = new ClassifierImage('classifier', {
    image: { ...image, name: 'a/b:1', registry: { ...registry, credentials } },
  });
  expect(made.pullSecretIn && (await value(made.pullSecretIn('faceoff', made)))).toBe('registry');
  await engine.done();
  const { metadata, type, stringData } = engine.inputs(':Secret', 'registry');
  expect([metadata.namespace, type]).toEqual(['faceoff', 'kubernetes.io/dockerconfigjson']);
  const content = pulumi.runtime.unwrapRpcSecret(stringData)['.dockerconfigjson'];
  expect(JSON.parse(content)).toEqual({
    auths: {
      'registry.example:5000': {
        username: 'me',
        password: 'hidden',
        auth: Buffer.from('me:hidden').toString('base64'),
      },
    },
  });
});
