import type { Socket } from 'node:net';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type ClientLimits, serverLimits } from '../client-limits.ts';
import type { Functions } from '../function/index.ts';
import { GatewayError } from '../gateway-error.ts';
import { callRoutes } from './call-routes.ts';
import { Credentials } from './credentials.ts';
import { Metrics } from './metrics.ts';
import { requestIdOf } from './request-id.ts';
import { afterRefusal, targetFault } from './request-target.ts';
import { systemRoutes } from './system-routes.ts';

export interface AppOptions {
  functions: Functions;
  user: string;
  password: string;
  isStopping: () => boolean;
  clients: ClientLimits;
  /** Takes a line for each failure, with the id of its request. */
  onLog: (line: string) => void;
}

/** The gateway's HTTP side. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { functions, user, password, isStopping, clients, onLog } = options;
  const sendError = errorSender(onLog);
  const refused = new WeakSet<Socket>();
  const limits = serverLimits(clients);
  const app = fastify({
    http: limits,
    requestTimeout: limits.requestTimeout,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: requestIdOf,
    frameworkErrors: sendError,
  });
  app.server.maxConnections = clients.maxConnections;
  // Those that wait for a next request make room for the next client.
  app.server.on('drop', () => app.server.closeIdleConnections());
  app.setErrorHandler(sendError);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    const fault = refused.has(request.raw.socket) ? afterRefusal() : targetFault(request.raw);
    if (fault !== undefined) {
      // Whatever follows on this connection may have been meant as something else.
      refused.add(request.raw.socket);
      reply.header('connection', 'close');
    }
    done(fault);
  });
  app.setNotFoundHandler(() => {
    throw new GatewayError(404, 'not found: the gateway has /function/NAME, /system/…, /healthz and /metrics');
  });

  const metrics = new Metrics(functions);
  const credentials = new Credentials(user, password);
  await app.register(async (scope) =>
    callRoutes(scope, { functions, metrics, credentials, isStopping, clients, onLog }),
  );
  await app.register(async (scope) => systemRoutes(scope, { functions, credentials }));
  app.get('/healthz', async () => 'OK');
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  return app;
}

/** Answers with an error in plain text, as OpenFaaS does, and logs what is no fault of the caller and no overload. */
function errorSender(onLog: (line: string) => void) {
  return (
    error: FastifyError | GatewayError,
    { id, method, url }: FastifyRequest,
    reply: FastifyReply,
  ): FastifyReply => {
    const known = error instanceof GatewayError;
    const status = known ? error.status : (error.statusCode ?? 500);
    if (status >= 500 && status !== 503) {
      // The query may hold what is not to be logged.
      onLog(`gateway: request ${id}: ${method} ${url.split('?', 1)[0]}: ${known ? error.message : error.stack}`);
    }
    const text = status === 401 ? 'invalid credentials' : error.message;
    return reply.code(status).type('text/plain; charset=utf-8').header('x-request-id', id).send(`${text}\n`);
  };
}
