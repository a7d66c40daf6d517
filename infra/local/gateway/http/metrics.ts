import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Functions } from '../function/index.ts';

/** Calls of one function, since the gateway began. */
interface Calls {
  started: number;
  /** Those that are over, by the code of their answer. */
  over: Map<number, number>;
}

/** The gateway's metrics by OpenFaaS's names. Functions are named NAME.NAMESPACE. */
export class Metrics {
  readonly #registry = new Registry();
  /** Counted here, and told when someone asks: each change of a library's counter looks up its labels again. */
  readonly #calls = new Map<string, Calls>();
  readonly #seconds = new Histogram({
    name: 'gateway_functions_seconds',
    help: 'Time from forwarding a call to the end of its answer, in seconds; without any wait for a first replica',
    labelNames: ['function_name', 'code'],
    registers: [this.#registry],
  });
  readonly #namespace: string;

  constructor(functions: Functions) {
    this.#namespace = functions.namespace;
    const calls = this.#calls;
    new Counter({
      name: 'gateway_function_invocation_total',
      help: 'Calls of functions that are over, by the code of their answer',
      labelNames: ['function_name', 'code'],
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const [function_name, { over }] of calls) {
          for (const [code, count] of over) this.inc({ function_name, code }, count);
        }
      },
    });
    new Counter({
      name: 'gateway_function_invocation_started',
      help: 'Calls of functions that were forwarded',
      labelNames: ['function_name'],
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const [function_name, { started }] of calls) this.inc({ function_name }, started);
      },
    });
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
    this.#callsOf(this.#label(name)).started += 1;
  }

  completed(name: string, status: number, seconds: number): void {
    const label = this.#label(name);
    const { over } = this.#callsOf(label);
    over.set(status, (over.get(status) ?? 0) + 1);
    this.#seconds.observe({ function_name: label, code: status }, seconds);
  }

  /** All metrics in Prometheus' text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #label(name: string): string {
    return `${name}.${this.#namespace}`;
  }

  #callsOf(label: string): Calls {
    const known = this.#calls.get(label);
    if (known !== undefined) return known;
    const calls = { started: 0, over: new Map() };
    this.#calls.set(label, calls);
    return calls;
  }
}
