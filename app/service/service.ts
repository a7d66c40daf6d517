import multipart from '@fastify/multipart';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Classifier } from '../classifier/index.ts';
import type { Config } from '../config.ts';
import { Bodies } from './body.ts';
import { drainable } from './drain.ts';
import { answerClientError, answerErrors, sendError } from './error-answers.ts';
import { createHttpServer, expectReader } from './http-server.ts';
import { Metrics } from './metrics.ts';
import { refuseEarly } from './refuse-early.ts';
import { Replica } from './replica.ts';
import { requestIdOf } from './request-id.ts';
import { addRoutes } from './routes.ts';

/** The HTTP side of the classifier. */
export interface Service {
  app: FastifyInstance;
  replica: Replica;
  /** Answers with this classifier from now on; until then pictures are refused. */
  serve(classifier: Classifier): void;
  /** Takes no more connections, finishes what was accepted, and resolves when every connection is closed. */
  drain(): Promise<void>;
}

/** Makes the service; it listens once `app.listen` is called. */
export function createService({
  maxBytes,
  replicaId,
  maxConnections,
  clientSeconds,
  drainSeconds,
}: Pick<Config, 'maxBytes' | 'replicaId' | 'maxConnections' | 'clientSeconds' | 'drainSeconds'>): Service {
  const replica = new Replica(replicaId);
  let classifier: Classifier | undefined;
  let draining = false;
  const metrics = new Metrics(() => classifier?.waiting ?? 0);
  const refuse = refuseEarly({
    full: () => classifier?.full ?? false,
    headers: () => ({ ...replica.headers, ...(draining && { connection: 'close' }) }),
    onRefusal(response, method, route) {
      metrics.watchAnswer(response, method, route);
      expectReader(response, clientSeconds);
    },
  });
  const headersOf = ({ id }: FastifyRequest) => ({ ...replica.headers, 'x-request-id': id });
  const app = fastify({
    serverFactory: (answer) =>
      createHttpServer({ clientSeconds, maxConnections }, (request, response) => {
        if (!refuse(request, response)) {
          answer(request, response);
        }
      }),
    genReqId: requestIdOf,
    frameworkErrors: (error, request, reply) => sendError(error, request, reply.headers(headersOf(request))),
    // A start on a machine that is busy takes as long as it takes: who waits for it gives up in their own time.
    pluginTimeout: 0,
    clientErrorHandler: answerClientError,
    // Requests that come on open connections while it drains are served; the answer closes the connection.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
  });
  const drain = drainable(app, drainSeconds);

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headersOf(request));
    // The bytes decide what a picture is; the content type only tells a form from a picture.
    if (request.headers['content-type'] !== undefined && !isForm(request.headers['content-type'])) {
      request.headers['content-type'] = 'application/octet-stream';
    }
  });
  app.addHook('onSend', async (_request, reply) => {
    expectReader(reply.raw, clientSeconds);
    if (draining) {
      reply.header('connection', 'close');
    }
  });
  app.setReplySerializer((payload) => `${JSON.stringify(payload)}\n`);
  metrics.watch(app);
  answerErrors(app);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.register(multipart);
  app.register(async (routes) =>
    addRoutes(routes, {
      bodies: new Bodies(maxBytes),
      metrics,
      classifier: () => classifier,
      draining: () => draining,
    }),
  );

  return {
    app,
    replica,
    serve(loaded) {
      classifier = loaded;
      metrics.loaded(loaded.info);
      replica.ready();
    },
    async drain() {
      draining = true;
      await drain();
    },
  };
}

function isForm(contentType: string): boolean {
  return /^multipart\/form-data\b/i.test(contentType);
}
