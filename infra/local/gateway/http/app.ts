import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Functions } from '../function/index.ts';
import { GatewayError } from '../gateway-error.ts';
import { callRoutes } from './call-routes.ts';
import { Metrics } from './metrics.ts';
import { systemRoutes } from './system-routes.ts';

export interface AppOptions {
  functions: Functions;
  user: string;
  password: string;
  isStopping: () => boolean;
}

/** The gateway's HTTP side. */
export async function buildApp({ functions, user, password, isStopping }: AppOptions): Promise<FastifyInstance> {
  const app = fastify({ forceCloseConnections: 'idle', return503OnClosing: false });
  app.setErrorHandler(sendError);
  app.setNotFoundHandler(() => {
    throw new GatewayError(404, 'not found: the gateway has /function/NAME, /system/…, /healthz and /metrics');
  });

  const metrics = new Metrics(functions);
  await app.register(async (scope) => callRoutes(scope, { functions, metrics, isStopping }));
  await app.register(async (scope) => systemRoutes(scope, { functions, user, password }));
  app.get('/healthz', async () => 'OK');
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  return app;
}

/** Errors are plain text, as in OpenFaaS. */
function sendError(error: FastifyError | GatewayError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = error instanceof GatewayError ? error.status : (error.statusCode ?? 500);
  if (status === 500 && !(error instanceof GatewayError)) console.error(`gateway: ${request.url}: ${error.stack}`);
  const text = status === 401 ? 'invalid credentials' : error.message;
  return reply.code(status).type('text/plain; charset=utf-8').send(`${text}\n`);
}
