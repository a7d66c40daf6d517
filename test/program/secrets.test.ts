import { runtime } from '@pulumi/pulumi';
import { beforeAll, expect, test } from 'vitest';
import { type MadeStack, makeStack, stackFile } from './made-stack.ts';

const kubeconfig = JSON.stringify({ users: [{ user: { token: 'hidden-kubeconfig' } }] });
const secrets = {
  'ngrok:authtoken': 'hidden-ngrok',
  'image:registryPassword': 'hidden-registry',
  'openfaas:license': 'hidden-license',
  'openfaas:values': '{"pro":{"key":"hidden-values"}}',
  'kubernetes:kubeconfig': kubeconfig,
};
const config = {
  ...stackFile('dev'),
  ...secrets,
  'image:delivery': 'registry',
  'image:registryServer': '127.0.0.1:5000',
  'image:registryUsername': 'me',
  'openfaas:edition': 'pro',
  'exposure:host': '127.0.0.1',
  'benchmark:from': 'job',
};

let made: MadeStack;
beforeAll(async () => {
  made = await makeStack('dev', config, Object.keys(secrets));
});

/** All that Pulumi keeps in plain text of what it is sent. */
const plain = (sent: unknown) => JSON.stringify(sent, (_, value) => (runtime.isRpcSecret(value) ? 'a secret' : value));
const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each(Object.values({ ...secrets, 'openfaas:values': 'hidden-values', 'made by the program': 'a password' }))(
  '%s is nowhere in plain state',
  (hidden) => {
    const text = JSON.stringify(hidden).slice(1, -1);
    const everything = JSON.stringify(made.engine.resources);
    expect(everything).toContain(text);
    for (const { urn, inputs } of made.engine.resources) expect(plain(inputs), urn).not.toContain(text);
  },
);

test('the credentials of a registry are not there in another form either', () => {
  const encoded = base64('me:hidden-registry');
  expect(JSON.stringify(made.engine.resources)).toContain(encoded);
  for (const { urn, inputs } of made.engine.resources) expect(plain(inputs), urn).not.toContain(encoded);
});

test('no output tells a secret, but the kubeconfig as a secret of its own', () => {
  expect(plain(made.sent)).not.toContain('hidden');
  expect(JSON.stringify(made.sent).match(/hidden-\w+/g)).toEqual(['hidden-kubeconfig']);
});

test('what is not secret stays readable', () => {
  const { urls, targets, imageName } = JSON.parse(plain(made.sent));
  expect(JSON.stringify([urls, targets, imageName])).not.toContain('a secret');
});
