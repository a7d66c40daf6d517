import { createHistogram } from 'node:perf_hooks';
import { parentPort, type Worker } from 'node:worker_threads';
import { clockFrom } from '../clock.ts';
import { describeFailure } from '../failure.ts';
import { latenessRange, toNanoseconds } from '../lateness.ts';
import { readReplicaHeaders } from '../replica-headers.ts';
import type { Measured } from '../sample.ts';
import { Connections } from './connections.ts';
import type { Answered, Due, Ended, Ready, SenderOrder, SharedPhoto } from './messages.ts';
import { orderFor, startThread } from './thread.ts';
import { warmUp } from './warm-up.ts';

/** Milliseconds that a sample waits for others, so that a message to the main thread carries many. */
const batchMs = 100;

/** Starts a thread that sends. */
export function startSender(order: SenderOrder): Worker {
  return startThread(import.meta.url, 'sender', order, [order.due]);
}

/** Sends requests when the pacer says that they are due, until it says that no more come, or the main thread stops it. */
async function runSender(order: SenderOrder): Promise<void> {
  await warmUp(order.photos);
  const sender = new Sender(order);
  order.due.on('message', (due: Due) => sender.onDue(due));
  parentPort?.once('message', () => sender.end());
  parentPort?.postMessage({ ready: true } satisfies Ready);
}

class Sender {
  readonly #order: SenderOrder;
  readonly #now: () => number;
  readonly #connections: Connections;
  readonly #path: string;
  readonly #lateness = createHistogram(latenessRange);
  #samples: Measured[] = [];
  #flushing: NodeJS.Timeout | undefined;
  #turn: number;
  #underway = 0;
  #allSent = false;
  #ended = false;

  constructor(order: SenderOrder) {
    const { origin, pathname, search } = new URL(order.url);
    this.#order = order;
    this.#now = clockFrom(order.clockOrigin);
    this.#connections = new Connections(origin);
    this.#path = `${pathname}${search}`;
    this.#turn = order.index;
  }

  onDue(due: Due): void {
    if (this.#ended) return;
    if (due === 'end') this.#allSent = true;
    else for (const intended of due) this.#send(intended);
    this.#endWhenDone();
  }

  /** Gives up what is under way, and delivers what was answered. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#connections.close();
    clearTimeout(this.#flushing);
    this.#flush();
    this.#order.due.close();
    parentPort?.postMessage({ lateness: this.#lateness } satisfies Ended);
    parentPort?.close();
  }

  #send(intended: number): void {
    const { photos, timeoutMs } = this.#order;
    const photo = photos[this.#turn % photos.length] as SharedPhoto;
    this.#turn += this.#order.of;
    this.#underway += 1;
    const sent = this.#now();
    this.#lateness.record(toNanoseconds(sent - intended));
    let open = true;
    const settle = (outcome: Partial<Measured>): void => {
      if (!open) return;
      open = false;
      clearTimeout(deadline);
      this.#settle({ photo: photo.name, intended, sent, answered: this.#now(), ...outcome });
    };
    const deadline = setTimeout(() => {
      settle({ error: 'timeout' });
      giveUp(new Error('no answer in time'));
    }, timeoutMs);
    let head: Partial<Measured> = {};
    const giveUp = this.#connections.dispatch(
      { method: 'POST', path: this.#path, body: photo.bytes, headers: { 'content-type': photo.contentType } },
      {
        onHead: (status, headers) => {
          head = { status, ...readReplicaHeaders((name) => [headers[name]].flat()[0]) };
        },
        onEnd: () => settle(head),
        onError: (error) => settle({ error: 'connection', detail: describeFailure(error) }),
      },
    );
  }

  #settle(sample: Measured): void {
    if (this.#ended) return;
    this.#underway -= 1;
    this.#samples.push(sample);
    this.#flushing ??= setTimeout(() => this.#flush(), batchMs);
    this.#endWhenDone();
  }

  #endWhenDone(): void {
    if (this.#allSent && this.#underway === 0) this.end();
  }

  #flush(): void {
    this.#flushing = undefined;
    if (this.#samples.length > 0) parentPort?.postMessage({ samples: this.#samples } satisfies Answered);
    this.#samples = [];
  }
}

// At the end, since a class is not there before its declaration.
const order = orderFor<SenderOrder>('sender');
if (order !== undefined) void runSender(order);
