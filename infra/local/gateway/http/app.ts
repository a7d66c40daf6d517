import { createServer, type RequestListener, type Server } from 'node:http';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type ClientLimits, serverLimits } from '../client-limits.ts';
import type { Functions } from '../function/index.ts';
import { GatewayError } from '../gateway-error.ts';
import { Admission } from './admission.ts';
import { callListener, isCall } from './calls.ts';
import { Credentials } from './credentials.ts';
import { errorAnswer, errorType } from './error-answer.ts';
import { Metrics } from './metrics.ts';
import { requestIdOf } from './request-id.ts';
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

/** The gateway's HTTP side. Fastify answers all but calls of functions, which need little of what it does for each request. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { functions, user, password, isStopping, clients, onLog } = options;
  const metrics = new Metrics(functions);
  const credentials = new Credentials(user, password);
  const admission = new Admission();
  const answerCall = callListener({ functions, metrics, credentials, admission, isStopping, clients, onLog });
  const sendError = errorSender(onLog);
  const app = fastify({
    serverFactory: (answerOther) => makeServer(clients, answerCall, answerOther),
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: requestIdOf,
    frameworkErrors: sendError,
  });
  app.setErrorHandler(sendError);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    const fault = admission.faultOf(request.raw);
    if (fault !== undefined) reply.header('connection', 'close');
    done(fault);
  });
  app.setNotFoundHandler(() => {
    throw new GatewayError(404, 'not found: the gateway has /function/NAME, /system/…, /healthz and /metrics');
  });

  await app.register(async (scope) => systemRoutes(scope, { functions, credentials }));
  app.get('/healthz', async () => 'OK');
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  return app;
}

/** Node's server, with the limits on clients; calls and all else go their own ways. */
function makeServer(clients: ClientLimits, answerCall: RequestListener, answerOther: RequestListener): Server {
  const server = createServer(serverLimits(clients), (request, response) => {
    if (isCall(request)) answerCall(request, response);
    else answerOther(request, response);
  });
  server.maxConnections = clients.maxConnections;
  // Those that wait for a next request make room for the next client.
  server.on('drop', () => server.closeIdleConnections());
  return server;
}

function errorSender(onLog: (line: string) => void) {
  return (
    error: FastifyError | GatewayError,
    { id, method, url }: FastifyRequest,
    reply: FastifyReply,
  ): FastifyReply => {
    const { status, text } = errorAnswer(error, { id, method, url }, onLog);
    return reply.code(status).type(errorType).header('x-request-id', id).send(text);
  };
}
