import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Classification, ModelInfo } from '../classifier/index.ts';

const seconds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

/** The service's Prometheus metrics, in a registry of their own. */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: seconds,
    registers: [this.registry],
  });
  readonly #decode = new Histogram({
    name: 'classifier_decode_duration_seconds',
    help: 'Time to decode and resize a picture.',
    buckets: seconds,
    registers: [this.registry],
  });
  readonly #inference = new Histogram({
    name: 'classifier_inference_duration_seconds',
    help: 'Time of the network for a picture.',
    buckets: seconds,
    registers: [this.registry],
  });
  readonly #model = new Gauge({
    name: 'classifier_model_info',
    help: 'Always 1; the labels say what classifies.',
    labelNames: ['model', 'backend', 'weights'],
    registers: [this.registry],
  });

  /** @param waiting how many pictures wait now. */
  constructor(waiting: () => number) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'classifier_queue_length',
      help: 'Pictures that wait.',
      registers: [this.registry],
      collect() {
        this.set(waiting());
      },
    });
  }

  loaded({ model, backend, weights }: ModelInfo): void {
    this.#model.set({ model, backend, weights }, 1);
  }

  classified({ milliseconds }: Classification): void {
    this.#decode.observe(milliseconds.decode / 1000);
    this.#inference.observe(milliseconds.inference / 1000);
  }

  /** Counts every answer of the app, and those that their clients did not wait for. */
  watch(app: FastifyInstance): void {
    app.addHook('onRequest', async (request, reply) => {
      this.watchAnswer(reply.raw, request.method, request.routeOptions.url ?? 'unknown');
    });
  }

  /** Counts one answer, from now until it has been written or its client has gone. */
  watchAnswer(response: ServerResponse, method: string, route: string): void {
    const since = performance.now();
    response.once('close', () => {
      // 499 is what proxies call a client that went before its answer.
      const status = response.writableFinished ? response.statusCode : 499;
      this.#requests.observe({ method, route, status }, (performance.now() - since) / 1000);
    });
  }
}
