import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TestGateway } from '../test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.start();
});
afterAll(() => gateway.close());

const status = async (...call: Parameters<TestGateway['system']>) => {
  const { statusCode, body } = await gateway.system(...call);
  return [statusCode, await body.text()] as const;
};
const read = async (name: string) => (await gateway.system('GET', `function/${name}`)).body.json();

describe('without the right password', () => {
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

  test.each([
    ['no credentials', {}],
    ['another password', basic('admin:guess')],
    ['a longer password', basic('admin:secrets')],
    ['another user', basic('root:secret')],
    ['no password', basic('admin:')],
    ['another scheme', { authorization: 'Bearer secret' }],
  ])('%s: 401', async (_, headers) => {
    const answer = await fetch(`${gateway.url}/system/functions`, { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm="Restricted"/);
    expect(await answer.text()).toBe('invalid credentials\n');
  });

  test.each([
    ['POST', 'functions'],
    ['PUT', 'functions'],
    ['DELETE', 'functions'],
    ['GET', 'function/f'],
    ['POST', 'scale-function/f'],
    ['GET', 'info'],
    ['GET', 'local/processes'],
  ])('%s /system/%s is closed', async (method, path) => {
    expect((await fetch(`${gateway.url}/system/${path}`, { method })).status).toBe(401);
  });

  test('health and metrics are open', async () => {
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${gateway.url}/metrics`)).status).toBe(200);
  });
});

describe('a deployed function', () => {
  beforeEach(async () => {
    if (gateway.functions.find('f') !== undefined) return;
    await gateway.deploy({ labels: { team: 'a' }, envVars: { MARK: 'x' }, limits: { memory: '1Gi' } });
  });

  test('is told with what was asked for and what there is', async () => {
    expect(await read('f')).toEqual({
      name: 'f',
      image: 'double',
      namespace: 'openfaas-fn',
      envVars: { MARK: 'x' },
      labels: { team: 'a', faas_function: 'f' },
      annotations: { 'prometheus.io.scrape': 'false' },
      limits: { memory: '1Gi' },
      replicas: 1,
      availableReplicas: 1,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
  });

  test('is in the list', async () => {
    const [answer, text] = await status('GET', 'functions');
    expect(answer).toBe(200);
    expect(JSON.parse(text)).toEqual([expect.objectContaining({ name: 'f', replicas: 1 })]);
  });

  test('counts its calls', async () => {
    await (await gateway.call('/status?code=404')).body.dump();
    await (await gateway.call('')).body.dump();
    expect(await read('f')).toMatchObject({ invocationCount: 2 });
  });

  test('cannot be deployed twice', async () => {
    expect(await status('POST', 'functions', { service: 'f', image: 'double' })).toEqual([
      500,
      'function f already exists: update it by PUT\n',
    ]);
  });

  test('keeps its image when it is updated to one that is not known', async () => {
    expect(await status('PUT', 'functions', { service: 'f', image: 'missing' })).toEqual([
      400,
      'image missing is not known to this gateway, which runs: double\n',
    ]);
    expect(await read('f')).toMatchObject({ image: 'double' });
  });

  test('is scaled by hand, to zero as well', async () => {
    expect((await status('POST', 'scale-function/f', { service: 'f', replicas: 2 }))[0]).toBe(202);
    await gateway.available(2);
    expect((await status('POST', 'scale-function/f', { serviceName: 'f', replicas: 0 }))[0]).toBe(202);
    await gateway.available(0);
    expect(await read('f')).not.toHaveProperty('replicas');
  });

  test.each([{}, { replicas: -1 }, { replicas: 1.5 }, { replicas: 'two' }, { replicas: 101 }])(
    'is not scaled by %j',
    async (body) => {
      const [answer, text] = await status('POST', 'scale-function/f', body);
      expect([answer, text]).toEqual([400, expect.stringMatching(/^validation failed: replicas: /)]);
    },
  );

  test('is gone once it is deleted', async () => {
    expect((await status('DELETE', 'functions', { functionName: 'f' }))[0]).toBe(202);
    expect((await status('GET', 'function/f'))[0]).toBe(404);
    expect(await status('GET', 'functions')).toEqual([200, '[]']);
  });
});

test.each([
  ['GET', 'function/nobody', undefined],
  ['PUT', 'functions', { service: 'nobody', image: 'double' }],
  ['DELETE', 'functions', { functionName: 'nobody' }],
  ['POST', 'scale-function/nobody', { replicas: 1 }],
] as const)('%s %s without such a function: 404', async (method, path, body) => {
  expect((await status(method, path, body))[0]).toBe(404);
});

test.each(['', '{', '[]', 'null'])('a body of %j is refused', async (body) => {
  for (const method of ['POST', 'PUT', 'DELETE'] as const) {
    expect((await status(method, 'functions', body))[0]).toBe(400);
  }
});

test('another namespace is refused', async () => {
  const expected = [400, 'namespace must be: openfaas-fn\n'];
  expect(await status('GET', 'functions?namespace=other')).toEqual(expected);
  expect(await status('DELETE', 'functions', { functionName: 'f', namespace: 'other' })).toEqual(expected);
});

test('names its namespaces and itself', async () => {
  expect(await status('GET', 'namespaces')).toEqual([200, '["openfaas-fn"]']);
  const [answer, text] = await status('GET', 'info');
  expect(answer).toBe(200);
  expect(JSON.parse(text)).toMatchObject({ provider: { provider: 'faceoff-local', orchestration: 'processes' } });
});
