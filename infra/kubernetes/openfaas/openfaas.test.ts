import * as pulumi from '@pulumi/pulumi';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { OpenFaas, type OpenFaasArgs } from './openfaas.ts';

type Made = { type: string; name: string; inputs: Record<string, unknown> };
let made: Made[];
beforeEach(() => {
  made = [];
});
beforeAll(async () => {
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        made.push({ type, name, inputs });
        const more = type.startsWith('pulumi-nodejs:') ? { password: 'generated' } : { status: { status: 'deployed' } };
        return { id: name, state: { ...inputs, ...more } };
      },
      call: () => ({}),
    },
    'faceoff',
    'dev',
    false,
  );
});

const openfaas: OpenFaasArgs['openfaas'] = {
  chartVersion: '12.0.0',
  chartRepository: 'https://charts.example/',
  edition: 'mit',
  values: {},
  imagePullPolicy: 'IfNotPresent',
};

const value = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => output.apply(resolve));

async function make(more: Partial<OpenFaasArgs['openfaas']> = {}): Promise<OpenFaas> {
  const component = new OpenFaas('openfaas', { openfaas: { ...openfaas, ...more }, service: 'NodePort' });
  await Promise.all([value(component.functionNamespace), value(component.service.urn)]);
  return component;
}

const inputsOf = (type: string, name: string) =>
  made.find((each) => each.type.endsWith(`:${type}`) && each.name === name)?.inputs;

test.each([
  [{}, { chart: 'openfaas', version: '12.0.0', repositoryOpts: { repo: 'https://charts.example/' } }],
  [{ chartPath: 'a/chart' }, { chart: 'a/chart' }],
  [{ chartRepository: 'oci://charts.example/' }, { chart: 'oci://charts.example/openfaas', version: '12.0.0' }],
])('the chart of %j is %j', async (more, chart) => {
  await make(more);
  expect(inputsOf('Release', 'openfaas')).toMatchObject({ ...chart, namespace: 'openfaas', name: 'openfaas' });
});

test('the password that is made is what the gateway gets', async () => {
  await make();
  const content = JSON.stringify(inputsOf('Secret', 'basic-auth'));
  expect(content).toContain('"basic-auth-user":"admin"');
  expect(content).toContain('"basic-auth-password":"generated"');
});

test('a licence becomes a Secret, and without one there is none', async () => {
  await make();
  expect(inputsOf('Secret', 'openfaas-license')).toBeUndefined();
  await make({ edition: 'pro', license: pulumi.secret('licence') });
  expect(JSON.stringify(inputsOf('Secret', 'openfaas-license'))).toContain('licence');
});

test('functions are called from the namespace of the gateway alone, and call nobody', async () => {
  await make();
  expect(inputsOf('NetworkPolicy', 'functions')).toMatchObject({
    metadata: { namespace: 'openfaas-fn' },
    spec: {
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'openfaas' } } }] }],
    },
  });
});
