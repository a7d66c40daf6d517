import basicAuth from '@fastify/basic-auth';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import project from '../../../../package.json' with { type: 'json' };
import { type Part, partOf, readUsage, usageKnown } from '../../process/index.ts';
import { checkNamespace, describeFunction, type Functions, mostReplicas, parseDeployment } from '../function/index.ts';
import { GatewayError } from '../gateway-error.ts';
import type { Credentials } from './credentials.ts';

export interface SystemRoutesOptions {
  functions: Functions;
  credentials: Credentials;
}

const named = z.object({ name: z.string() });
const namespaced = z.object({ namespace: z.string().optional() });
const removal = z.object({ functionName: z.string().min(1, 'is required'), namespace: z.string().optional() });
const scaling = z.object({ replicas: z.int().min(0).max(mostReplicas), namespace: z.string().optional() });

/** `/system/…`: what administers functions, as OpenFaaS has it, behind basic auth. */
export async function systemRoutes(app: FastifyInstance, options: SystemRoutesOptions): Promise<void> {
  const { functions } = options;
  const { version } = project;
  await app.register(basicAuth, { validate: refuseOthers(options), authenticate: { realm: 'Restricted' } });
  app.addHook('onRequest', app.basicAuth);
  // OpenFaaS reads JSON whatever the content type says.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.addHook('preHandler', async ({ query }) => {
    checkNamespace(namespaced.safeParse(query).data?.namespace, functions.namespace);
  });

  app.get('/system/functions', async () => functions.list().map((each) => describeFunction(each, functions.namespace)));

  app.post('/system/functions', async ({ body }, reply) => {
    functions.deploy(parseDeployment(parseJson(body), functions.namespace));
    return reply.code(202).send();
  });

  app.put('/system/functions', async ({ body }, reply) => {
    functions.update(parseDeployment(parseJson(body), functions.namespace));
    return reply.code(202).send();
  });

  app.delete('/system/functions', async ({ body }, reply) => {
    const { functionName, namespace } = validate(removal, parseJson(body));
    checkNamespace(namespace, functions.namespace);
    functions.remove(functionName);
    return reply.code(202).send();
  });

  app.get('/system/function/:name', async ({ params }) => {
    return describeFunction(functions.get(named.parse(params).name), functions.namespace);
  });

  // Zero is taken, as by OpenFaaS Pro; the Community Edition refuses it.
  app.post('/system/scale-function/:name', async ({ params, body }, reply) => {
    const { replicas, namespace } = validate(scaling, parseJson(body));
    checkNamespace(namespace, functions.namespace);
    functions.scale(named.parse(params).name, replicas);
    return reply.code(202).send();
  });

  app.get('/system/info', async () => ({
    arch: process.arch,
    provider: {
      provider: 'faceoff-local',
      orchestration: functions.orchestration,
      version: { release: version, sha: '' },
    },
    version: { release: version, sha: '' },
  }));

  app.get('/system/namespaces', async () => [functions.namespace]);

  // Of this gateway alone, not of OpenFaaS: what its replicas are on this machine, and what everything here uses.
  app.get('/system/local/processes', async () => ({
    gateway: { pid: process.pid },
    replicas: functions.listWithRemoved().flatMap(({ deployment, replicas }) => {
      return replicas.processes.map((each) => ({ function: deployment.name, ...each }));
    }),
    startErrors: functions.list().flatMap(({ deployment, replicas: { startError } }) => {
      return startError === undefined ? [] : [{ function: deployment.name, message: startError }];
    }),
  }));

  app.get('/system/local/usage', async () => {
    if (!usageKnown) throw new GatewayError(501, 'this system does not tell what processes use: Linux does');
    const replicas = functions.listWithRemoved().flatMap(({ replicas: { processes } }) => processes);
    return { parts: readParts(replicas.map(({ pid }) => pid)) };
  });
}

/** The gateway, and the replicas: whatever process of the gateway has ended was one of them. */
function readParts(replicaPids: readonly number[]): Part[] {
  // The gateway alone: the compiler that TypeScript's loader keeps beside it is no part of the architecture.
  const gateway = readUsage([], [process.pid]);
  const replicas = readUsage(replicaPids);
  return [
    partOf({ name: 'gateway', kind: 'fixed' }, gateway),
    partOf({ name: 'classifier', kind: 'replica' }, replicas, replicas.endedCpuSeconds + gateway.endedCpuSeconds),
  ];
}

function refuseOthers({ credentials }: SystemRoutesOptions) {
  return async (user: string, password: string): Promise<void> => {
    if (!credentials.matches(user, password)) throw new GatewayError(401, 'invalid credentials');
  };
}

function parseJson(body: unknown): unknown {
  try {
    return JSON.parse(String(body ?? ''));
  } catch (error) {
    throw new GatewayError(400, `the body is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function validate<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => [...path, message].join(': '));
  throw new GatewayError(400, `validation failed: ${issues.join('; ')}`);
}
