import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import type { Classifier } from '../classifier/index.ts';
import { syntheticWarning } from '../model/index.ts';
import type { Bodies } from './body.ts';
import { ServiceError } from './errors.ts';
import type { Metrics } from './metrics.ts';

const defaultK = 3;
const query = z.object({
  k: z._default(
    z.pipe(
      z.string().check(z.regex(/^\d{1,4}$/)),
      z.pipe(z.transform(Number), z.int().check(z.minimum(1), z.maximum(1000))),
    ),
    defaultK,
  ),
});

/** What the routes work with. */
interface Context {
  bodies: Bodies;
  metrics: Metrics;
  /** Undefined until the model is loaded. */
  classifier: () => Classifier | undefined;
  draining: () => boolean;
}

/** The four things the service answers: a picture, its health, its metrics, and a page for people. */
export async function addRoutes(
  app: FastifyInstance,
  { bodies, metrics, classifier, draining }: Context,
): Promise<void> {
  const page = await readFile(new URL('./page.html', import.meta.url), 'utf8');

  function ready(): Classifier {
    const loaded = classifier();
    if (loaded === undefined) {
      throw new ServiceError('LOADING', 'The model is still loading.');
    }
    return loaded;
  }

  app.post('/', classify);
  app.post('/classify', classify);
  async function classify(request: FastifyRequest, reply: FastifyReply) {
    const loaded = ready();
    const k = readK(request.query);
    // The bytes of a picture that would be refused need not be read.
    loaded.refuseWhenFull();
    const classification = await bodies.withPicture(request, (picture) =>
      loaded.classify(picture, k, abandonment(reply)),
    );
    metrics.classified(classification);
    return { ...classification, ...loaded.info, ...warning(loaded) };
  }

  app.get('/_/health', async () => {
    if (draining()) {
      throw new ServiceError('DRAINING', 'This replica is stopping.');
    }
    const loaded = ready();
    return { status: 'ready', ...loaded.info, ...warning(loaded) };
  });

  app.get('/metrics', async (_request, reply) => {
    reply.type(metrics.registry.contentType);
    return metrics.registry.metrics();
  });

  app.get('/', async (_request, reply) => {
    reply.type('text/html; charset=utf-8');
    return page;
  });
}

function readK(from: unknown): number {
  const { data, success } = query.safeParse(from);
  if (!success) {
    throw new ServiceError('BAD_K', 'k must be a whole number from 1 to 1000.');
  }
  return data.k;
}

/** Tells when the client has gone before its answer. */
function abandonment({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  const onClose = () => {
    if (!raw.writableFinished) {
      gone.abort(new ServiceError('CLIENT_GONE', 'The client did not wait for its answer.'));
    }
  };
  if (raw.destroyed) {
    onClose();
  } else {
    raw.once('close', onClose);
  }
  return gone.signal;
}

function warning({ info }: Classifier): { warning?: string } {
  return info.weights === 'synthetic' ? { warning: syntheticWarning } : {};
}
