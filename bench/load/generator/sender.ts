import { createHistogram } from 'node:perf_hooks';
import { schedule } from '../arrivals/index.ts';
import { clockFrom } from '../clock.ts';
import { endpointOf } from '../endpoint.ts';
import { failureOf } from '../failure.ts';
import { latenessRange, toNanoseconds } from '../lateness.ts';
import { readReplicaHeaders } from '../replica-headers.ts';
import type { Measured } from '../sample.ts';
import { describeUnderway, type Open } from '../underway.ts';
import { Connections } from './connections.ts';
import type { Answered, Ended, Order, SharedPhoto } from './messages.ts';
import { pace } from './pace.ts';

/** Milliseconds that a sample waits for others, so that a message carries many. */
const batchMs = 100;

/** Sends on an order's schedule from its construction on, and tells of it: `Ended` comes last, and always. */
export class Sender {
  readonly #order: Order;
  readonly #tell: (news: Answered | Ended) => void;
  readonly #now: () => number;
  readonly #connections: Connections;
  readonly #path: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #lateness = createHistogram(latenessRange);
  readonly #stopPacing: () => void;
  #samples: Measured[] = [];
  #flushing: NodeJS.Timeout | undefined;
  #turn = 0;
  /** By when they were intended, as latency is. */
  readonly #underway = new Set<Open>();
  #allSent = false;
  #ended = false;

  constructor(order: Order, tell: (news: Answered | Ended) => void) {
    const { url, headers } = endpointOf(order);
    const { origin, pathname, search } = new URL(url);
    this.#order = order;
    this.#tell = tell;
    this.#now = clockFrom(order.clockOrigin);
    this.#connections = new Connections(origin);
    this.#path = `${pathname}${search}`;
    this.#headers = { ...headers };
    this.#stopPacing = pace(
      intendedTimes(order),
      this.#now,
      (intended) => this.#send(intended),
      () => {
        this.#allSent = true;
        this.#endWhenDone();
      },
    );
  }

  /** Gives up what is under way, and delivers what was answered. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stopPacing();
    this.#connections.close();
    clearTimeout(this.#flushing);
    this.#flush();
    this.#tell({ lateness: this.#lateness, underway: describeUnderway([...this.#underway], this.#now()) });
  }

  #send(intended: number): void {
    const { photos, timeoutMs } = this.#order;
    const photo = photos[this.#turn % photos.length] as SharedPhoto;
    this.#turn += 1;
    const request = { sent: intended };
    this.#underway.add(request);
    const sent = this.#now();
    this.#lateness.record(toNanoseconds(sent - intended));
    let open = true;
    const settle = (outcome: Partial<Measured>): void => {
      if (!open) return;
      open = false;
      clearTimeout(deadline);
      if (!this.#ended) this.#underway.delete(request);
      this.#settle({ photo: photo.name, intended, sent, answered: this.#now(), ...outcome });
    };
    const deadline = setTimeout(() => {
      settle({ error: 'timeout' });
      giveUp(new Error('no answer in time'));
    }, timeoutMs);
    let head: Partial<Measured> = {};
    const giveUp = this.#connections.dispatch(
      {
        method: 'POST',
        path: this.#path,
        body: photo.bytes,
        headers: { 'content-type': photo.contentType, ...this.#headers },
      },
      {
        onHead: (status, headers) => {
          head = { status, ...readReplicaHeaders((name) => [headers[name]].flat()[0]) };
        },
        onEnd: () => settle(head),
        onError: (error) => settle(failureOf(error)),
      },
    );
  }

  #settle(sample: Measured): void {
    if (this.#ended) return;
    this.#samples.push(sample);
    this.#flushing ??= setTimeout(() => this.#flush(), batchMs);
    this.#endWhenDone();
  }

  #endWhenDone(): void {
    if (this.#allSent && this.#underway.size === 0) this.end();
  }

  #flush(): void {
    this.#flushing = undefined;
    if (this.#samples.length > 0) this.#tell({ samples: this.#samples });
    this.#samples = [];
  }
}

function* intendedTimes({ arrivals, start }: Order): Generator<number> {
  for (const offset of schedule(arrivals)) yield start + offset;
}
