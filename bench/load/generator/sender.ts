import { createHistogram } from 'node:perf_hooks';
import { parentPort, type Worker } from 'node:worker_threads';
import { clockFrom } from '../clock.ts';
import { describeFailure } from '../failure.ts';
import { latenessRange, toNanoseconds } from '../lateness.ts';
import { readReplicaHeaders } from '../replica-headers.ts';
import type { Measured } from '../sample.ts';
import { Connections } from './connections.ts';
import type { Answered, Due, Ended, Ready, SenderOrder, SharedPhoto } from './messages.ts';
import { isThread, startThread } from './thread.ts';
import { warmUp } from './warm-up.ts';

/** Milliseconds that a sample waits for others, so that a message to the main thread carries many. */
const batchMs = 100;

/** Starts the thread that sends. */
export function startSender(): Worker {
  return startThread(import.meta.url, 'sender');
}

/** For each order, sends when the pacer says that requests are due, until no more come or the main thread says stop. */
async function runSender(): Promise<void> {
  await warmUp();
  let sender: Sender | undefined;
  parentPort?.on('message', (order: SenderOrder | 'stop') => {
    if (order === 'stop') return sender?.end();
    const next = new Sender(order);
    order.due.on('message', (due: Due) => next.onDue(due));
    sender = next;
  });
  parentPort?.postMessage('ready' satisfies Ready);
}

class Sender {
  readonly #order: SenderOrder;
  readonly #now: () => number;
  readonly #connections: Connections;
  readonly #path: string;
  readonly #lateness = createHistogram(latenessRange);
  #samples: Measured[] = [];
  #flushing: NodeJS.Timeout | undefined;
  #turn = 0;
  #underway = 0;
  #allSent = false;
  #ended = false;

  constructor(order: SenderOrder) {
    const { origin, pathname, search } = new URL(order.url);
    this.#order = order;
    this.#now = clockFrom(order.clockOrigin);
    this.#connections = new Connections(origin);
    this.#path = `${pathname}${search}`;
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
  }

  #send(intended: number): void {
    const { photos, timeoutMs } = this.#order;
    const photo = photos[this.#turn % photos.length] as SharedPhoto;
    this.#turn += 1;
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
if (isThread('sender')) void runSender();
