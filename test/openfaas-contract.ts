import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

/** A gateway that is to keep to OpenFaaS's API, and a function image that it can run. */
export interface OpenfaasGateway {
  /** Without a slash at its end. */
  url: string;
  user: string;
  password: string;
  /** Where functions live. */
  namespace: string;
  /** Serves HTTP on the port that it is given (8080 in a cluster), and answers `GET /_/health` with 200 when ready. */
  image: string;
  /** Environment that functions of this image need. */
  envVars?: Record<string, string>;
  /** A body that the image answers with 200 when it is posted. */
  body: Buffer | string;
  /** The metrics page; absent where it cannot be reached (OpenFaaS serves it inside the cluster alone). */
  metricsUrl?: string;
}

/** Pods are slow to come and to go. */
const timeout = 180_000;

/** OpenFaaS leaves counts of zero out. */
const functionStatus = z.object({
  name: z.string(),
  image: z.string(),
  namespace: z.string(),
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  replicas: z.number().default(0),
  availableReplicas: z.number().default(0),
  invocationCount: z.number().default(0),
  createdAt: z.iso.datetime({ offset: true }),
});

/**
 * The tests that every gateway here has to pass: the local one, the one of the cluster test, and OpenFaaS itself.
 * They tell what clients rely on, not more: where versions of OpenFaaS differ, each of their ways passes.
 *
 * @param start gets the gateway ready, and `stop` takes it down again.
 */
export function testOpenfaasContract(
  name: string,
  start: () => Promise<{ gateway: OpenfaasGateway; stop: () => Promise<void> }>,
): void {
  describe(`the contract of OpenFaaS, kept by ${name}`, { timeout }, () => {
    let gateway: OpenfaasGateway;
    let stop: () => Promise<void> = async () => undefined;
    const service = `contract-${Math.random().toString(36).slice(2, 8)}`;

    beforeAll(async () => {
      ({ gateway, stop } = await start());
    }, timeout);
    afterAll(async () => {
      await system('DELETE', '/functions', { functionName: service }).catch(() => undefined);
      await stop();
    }, timeout);

    async function send(method: Dispatcher.HttpMethod, path: string, options: Parameters<typeof request>[1] = {}) {
      const { statusCode, headers, body } = await request(`${gateway.url}${path}`, { method, ...options });
      return { status: statusCode, headers, text: await body.text() };
    }

    function system(method: Dispatcher.HttpMethod, path: string, body?: unknown) {
      const authorization = `Basic ${Buffer.from(`${gateway.user}:${gateway.password}`).toString('base64')}`;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const headers = { authorization, 'content-type': 'application/json' };
      return send(method, `/system${path}`, { headers, body: text ?? null });
    }

    function deployment(more: Record<string, unknown> = {}) {
      return { service, image: gateway.image, envVars: gateway.envVars ?? {}, ...more };
    }

    async function read(): Promise<z.infer<typeof functionStatus>> {
      const { status, text } = await system('GET', `/function/${service}`);
      expect(status).toBe(200);
      return functionStatus.parse(JSON.parse(text));
    }

    /** Deploys the function unless it is there, and brings it to a number of replicas. */
    async function ensure(replicas = 1): Promise<void> {
      const { status } = await system('GET', `/function/${service}`);
      if (status === 404) expect((await system('POST', '/functions', deployment())).status).toBe(202);
      else await system('POST', `/scale-function/${service}`, { serviceName: service, replicas });
      await until(async () => (await read()).availableReplicas === replicas);
    }

    const call = (path = '') => send('POST', `/function/${service}${path}`, { body: gateway.body });

    describe('in general', () => {
      test.each([
        ['GET', '/system/functions'],
        ['POST', '/system/functions'],
        ['PUT', '/system/functions'],
        ['DELETE', '/system/functions'],
        ['GET', '/system/function/any'],
        ['POST', '/system/scale-function/any'],
        ['GET', '/system/info'],
      ] as const)('%s %s without credentials is refused', async (method, path) => {
        const { status, headers } = await send(method, path);
        expect(status).toBe(401);
        expect(headers['www-authenticate']).toMatch(/^Basic/);
      });

      test('a wrong password is refused', async () => {
        const authorization = `Basic ${Buffer.from(`${gateway.user}:wrong`).toString('base64')}`;
        expect((await send('GET', '/system/functions', { headers: { authorization } })).status).toBe(401);
      });

      test('it is healthy', async () => {
        expect((await send('GET', '/healthz')).status).toBe(200);
      });

      test('it names its provider and version', async () => {
        const info = z.object({
          provider: z.object({ orchestration: z.string() }),
          version: z.object({ release: z.string() }),
        });
        expect(info.safeParse(JSON.parse((await system('GET', '/info')).text)).success).toBe(true);
      });
    });

    describe('a deployment', () => {
      test('is accepted, becomes available, and is told as it was asked for', async () => {
        const asked = { labels: { team: 'faceoff' }, annotations: { purpose: 'contract' } };
        expect((await system('POST', '/functions', deployment(asked))).status).toBe(202);
        await until(async () => (await read()).availableReplicas === 1);
        expect(await read()).toMatchObject({
          name: service,
          image: gateway.image,
          namespace: gateway.namespace,
          replicas: 1,
          ...asked,
        });
      });

      test('is in the list', async () => {
        await ensure();
        const { status, text } = await system('GET', '/functions');
        expect(status).toBe(200);
        expect(
          z
            .array(functionStatus)
            .parse(JSON.parse(text))
            .map((each) => each.name),
        ).toContain(service);
      });

      test('of a name that is taken is refused and changes nothing', async () => {
        await ensure();
        const { status } = await system('POST', '/functions', deployment({ labels: { team: 'other' } }));
        expect(status).toBeGreaterThanOrEqual(400);
        expect((await read()).labels).not.toMatchObject({ team: 'other' });
      });

      test.each([
        ['that is not JSON', '{'],
        ['without a name', { image: 'any' }],
        ['without an image', { service: 'any' }],
        ['of a name that cannot be one in DNS', { service: 'Not_DNS', image: 'any' }],
      ])('%s is refused', async (_, body) => {
        expect((await system('POST', '/functions', body)).status).toBe(400);
      });
    });

    describe('a call', () => {
      test('is answered by the function, with a call id', async () => {
        await ensure();
        const { status, headers } = await call();
        expect(status).toBe(200);
        expect(headers['x-call-id']).toBeTruthy();
      });

      test('can name the namespace', async () => {
        await ensure();
        const path = `/function/${service}.${gateway.namespace}`;
        expect((await send('POST', path, { body: gateway.body })).status).toBe(200);
      });

      test('reaches a path of the function, by another method and with a query', async () => {
        await ensure();
        expect((await send('GET', `/function/${service}/_/health?from=contract`)).status).toBe(200);
      });

      test('of a function that is not there is answered by 404', async () => {
        expect((await send('GET', '/function/contract-nobody')).status).toBe(404);
      });
    });

    describe('scaling', () => {
      test('up and down is accepted and reached', async () => {
        await ensure(1);
        await ensure(2);
        expect(await read()).toMatchObject({ replicas: 2, availableReplicas: 2 });
        await ensure(1);
        expect(await read()).toMatchObject({ replicas: 1, availableReplicas: 1 });
      });

      test('of a function that is not there is refused', async () => {
        const { status } = await system('POST', '/scale-function/contract-nobody', { replicas: 1 });
        expect(status).toBeGreaterThanOrEqual(400);
      });

      test('by a body that is not JSON is refused', async () => {
        await ensure();
        expect((await system('POST', `/scale-function/${service}`, '{')).status).toBe(400);
      });
    });

    describe('an update', () => {
      test('is accepted and read back, and the function answers on', async () => {
        await ensure();
        const labels = { team: 'updated' };
        expect((await system('PUT', '/functions', deployment({ labels }))).status).toBe(202);
        await until(async () => (await read()).labels['team'] === 'updated');
        await until(async () => (await call()).status === 200);
      });

      test('with a minimum of replicas brings that many', async () => {
        await ensure();
        const labels = { 'com.openfaas.scale.min': '2' };
        expect((await system('PUT', '/functions', deployment({ labels }))).status).toBe(202);
        await until(async () => (await read()).availableReplicas === 2);
      });

      test('of a function that is not there is answered by 404', async () => {
        const { status } = await system('PUT', '/functions', deployment({ service: 'contract-nobody' }));
        expect(status).toBe(404);
      });
    });

    describe('the metrics', () => {
      /** The value of a metric of the function; undefined before it has one. */
      async function metric(url: string, metricName: string, code?: number): Promise<number | undefined> {
        const page = await (await request(url)).body.text();
        const wanted = [`${metricName}{`, `function_name="${service}.${gateway.namespace}"`];
        if (code !== undefined) wanted.push(`code="${code}"`);
        const line = page.split('\n').find((each) => wanted.every((part) => each.includes(part)));
        return line === undefined ? undefined : Number(line.split(' ').at(-1));
      }

      test.for([
        ['gateway_function_invocation_total', 200],
        ['gateway_functions_seconds_count', 200],
        ['gateway_function_invocation_started', undefined],
      ] as const)('count calls in %s', async ([metricName, code], { skip }) => {
        const { metricsUrl = skip('the metrics page cannot be reached from here') } = gateway;
        await ensure();
        const before = (await metric(metricsUrl, metricName, code)) ?? 0;
        for (let count = 0; count < 3; count += 1) await call();
        await until(async () => (await metric(metricsUrl, metricName, code)) === before + 3);
      });

      test('tell the replicas wanted', async ({ skip }) => {
        const { metricsUrl = skip('the metrics page cannot be reached from here') } = gateway;
        await ensure(2);
        await until(async () => (await metric(metricsUrl, 'gateway_service_count')) === 2);
      });

      test('are in the list of functions, as the number of calls', async () => {
        await ensure();
        await call();
        await until(async () => {
          const list = z.array(functionStatus).parse(JSON.parse((await system('GET', '/functions')).text));
          return (list.find((each) => each.name === service)?.invocationCount ?? 0) > 0;
        });
      });
    });

    describe('a removal', () => {
      test('is accepted, and the function is gone', async () => {
        await ensure();
        expect((await system('DELETE', '/functions', { functionName: service })).status).toBe(202);
        await until(async () => (await system('GET', `/function/${service}`)).status === 404);
        await until(async () => (await call()).status === 404);
        expect((await system('GET', '/functions')).text).not.toContain(`"${service}"`);
      });

      test('of a function that is not there is answered by 404', async () => {
        expect((await system('DELETE', '/functions', { functionName: 'contract-nobody' })).status).toBe(404);
      });

      test('leaves the name free for another deployment', async () => {
        await ensure();
        expect((await call()).status).toBe(200);
      });
    });
  });
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(100);
}
