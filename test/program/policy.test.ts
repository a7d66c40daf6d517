import { expect, test } from 'vitest';
import { isObject } from '../../policy/kubernetes/index.ts';
import { objectRules, stackRules } from '../../policy/rules/index.ts';
import { makeStack, stackFile } from './made-stack.ts';

const agent = { 'ngrok:authtoken': 'a' };
const registry = {
  'image:delivery': 'registry',
  'image:registryServer': '127.0.0.1:5000',
  'image:registryUsername': 'me',
  'image:registryPassword': 'a',
};

test.each<[string, string, boolean, Record<string, unknown>]>([
  ['dev', 'as it comes', true, {}],
  ['server', 'as it comes', true, {}],
  ['serverless', 'as it comes', true, {}],
  ['hybrid', 'as it comes', true, {}],
  ['hybrid', 'on Knative, with a Job that benchmarks', true, { 'hybrid:platform': 'knative', 'benchmark:from': 'job' }],
  ['dev', 'with Knative', true, { 'serverless:platform': 'knative' }],
  ['server', 'with an autoscaler', true, { 'server:maxReplicas': 3 }],
  ['dev', 'with ClusterIP', false, { 'exposure:service': 'ClusterIP', 'exposure:host': undefined }],
  ['dev', 'with ngrok', false, agent],
  ['dev', 'with a registry', true, { ...registry, 'image:name': undefined }],
  ['dev', 'with a Job that benchmarks', true, { 'benchmark:from': 'job' }],
])('the stack %s, %s, follows the policy pack', async (stack, _, nodePorts, more) => {
  const config = { ...stackFile(stack), 'image:name': 'faceoff/classifier:1', 'exposure:host': '127.0.0.1', ...more };
  const { engine } = await makeStack(stack, config, ['ngrok:authtoken', 'image:registryPassword']);
  const objects = engine.resources.map(({ type, inputs, urn }) => ({ type, urn, props: inputs })).filter(isObject);
  const broken = objectRules(nodePorts).flatMap(({ name, check }) =>
    objects.flatMap((object) => check(object).map((fault) => `${name}: ${object.urn}: ${fault}`)),
  );
  for (const { name, check } of stackRules) {
    broken.push(...check(objects).map(({ fault, of }) => `${name}: ${of.urn}: ${fault}`));
  }
  expect(broken).toEqual([]);
  expect(objects.length).toBeGreaterThan(5);
});
