import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Functions } from '../function/index.ts';

/** The gateway's metrics by OpenFaaS's names. Functions are named NAME.NAMESPACE. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #invocations = new Counter({
    name: 'gateway_function_invocation_total',
    help: 'Calls of functions that are over, by the code of their answer',
    labelNames: ['function_name', 'code'],
    registers: [this.#registry],
  });
  readonly #started = new Counter({
    name: 'gateway_function_invocation_started',
    help: 'Calls of functions that were forwarded',
    labelNames: ['function_name'],
    registers: [this.#registry],
  });
  readonly #seconds = new Histogram({
    name: 'gateway_functions_seconds',
    help: 'Time from forwarding a call to the end of its answer, in seconds; without any wait for a first replica',
    labelNames: ['function_name', 'code'],
    registers: [this.#registry],
  });

  readonly #namespace: string;

  constructor(functions: Functions) {
    this.#namespace = functions.namespace;
    new Gauge({
      name: 'gateway_service_count',
      help: 'Replicas wanted of each function',
      labelNames: ['function_name'],
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const { deployment, replicas } of functions.list()) {
          this.set({ function_name: `${deployment.name}.${functions.namespace}` }, replicas.desired);
        }
      },
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** @param name of the function. */
  started(name: string): void {
    this.#started.inc({ function_name: `${name}.${this.#namespace}` });
  }

  completed(name: string, status: number, seconds: number): void {
    const labels = { function_name: `${name}.${this.#namespace}`, code: status };
    this.#invocations.inc(labels);
    this.#seconds.observe(labels, seconds);
  }

  /** All metrics in Prometheus' text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
