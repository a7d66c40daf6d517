import type { EventEmitter } from 'node:events';
import autocannon from 'autocannon';
import { type ParsingClient, watchParser } from './answer-parser.ts';
import { now } from './clock.ts';
import { type Address, endpointOf } from './endpoint.ts';
import { failureOf } from './failure.ts';
import type { Photo } from './photos.ts';
import { readReplicaHeaders } from './replica-headers.ts';
import type { Measured } from './sample.ts';
import { send, unlessAborted } from './send.ts';
import { describeUnderway, nothingUnderway, type Open, type Underway } from './underway.ts';

/** A closed loop: each connection sends its next request when the answer to the last one is there. */
export interface ClosedLoop extends Address {
  photos: readonly Photo[];
  connections: number;
  /** Ends after this many requests over all connections, or after this many seconds. */
  until: { requests: number } | { seconds: number };
  timeoutMs: number;
  /** The target closes the connection after each answer, so each request needs one of its own. */
  reconnect: boolean;
  signal: AbortSignal;
  onSample(sample: Measured): void;
}

/** Failures in a row after which a target is taken for dead, so that a refused connection is not tried for ever. */
const giveUpAfter = 50;

/** Runs a closed loop to its end, and tells what was still under way then. What is, is given up. */
export async function runClosedLoop(loop: ClosedLoop): Promise<Underway> {
  if (loop.signal.aborted) return nothingUnderway;
  const stop = new AbortController();
  const end = 'seconds' in loop.until ? now() + loop.until.seconds * 1000 : Number.POSITIVE_INFINITY;
  let failedInARow = 0;
  const late: Open[] = [];
  const onSample = (sample: Measured): void => {
    if (stop.signal.aborted) return;
    if (sample.answered > end && sample.error === undefined) {
      late.push(sample);
      return;
    }
    // A time-out that comes after the end is of a request of before.
    loop.onSample(sample);
    failedInARow = sample.error === undefined ? 0 : failedInARow + 1;
    if (failedInARow >= giveUpAfter) stop.abort();
  };
  const signal = AbortSignal.any([loop.signal, stop.signal]);
  const left = await (loop.reconnect ? reconnecting : persistent)({ ...loop, signal, onSample }, end);
  return describeUnderway([...late, ...left], Math.min(end, now()));
}

/**
 * autocannon for the sending; its raw events for the figures, since its histogram drops failures and fractions. Tells
 * what had no answer when it stopped.
 */
function persistent(loop: ClosedLoop): Promise<Open[]> {
  const { url, headers } = endpointOf(loop);
  return new Promise((resolve, reject) => {
    const clients: Watched[] = [];
    const stop = (): void => run.stop();
    const run = autocannon(
      {
        url,
        connections: loop.connections,
        ...('requests' in loop.until ? { amount: loop.until.requests } : { duration: loop.until.seconds }),
        timeout: loop.timeoutMs / 1000,
        sampleInt: 50,
        requests: loop.photos.map((photo) => ({
          method: 'POST',
          body: photo.bytes,
          headers: { 'content-type': photo.contentType, ...headers },
        })),
        setupClient: (client) => clients.push(watch(client, loop)),
      },
      // It calls back at once when it dislikes an option: nothing made after this call may be used here.
      (error) => {
        loop.signal.removeEventListener('abort', stop);
        // A counted loop waits for every answer: a request without one lost its connection. A timed one does not wait.
        const open = clients.flatMap((client) => client.open() ?? []);
        const counted = 'requests' in loop.until && !loop.signal.aborted;
        if (counted) for (const client of clients) client.settle();
        if (error) reject(error);
        else resolve(counted ? [] : open);
      },
    );
    loop.signal.addEventListener('abort', stop, { once: true });
  });
}

const closed = { error: 'connection', detail: 'closed before the answer' } as const;

/** A request that has no outcome yet. */
type Pending = Pick<Measured, 'photo' | 'intended' | 'sent'>;

interface Watched {
  open(): Pending | undefined;
  /** Settles a request that has no outcome, as one whose connection was closed. */
  settle(): void;
}

/**
 * Turns one connection's events into samples; its types know only some of the events that it emits.
 */
function watch(client: EventEmitter, loop: ClosedLoop): Watched {
  let open: Pending | undefined;
  let abandoned: Pending | undefined;
  let turn = 0;
  let replica: ReturnType<typeof readReplicaHeaders> = {};
  const settle = (request: Pending | undefined, outcome: Partial<Measured>): void => {
    if (request !== undefined) loop.onSample({ ...request, answered: now(), ...outcome });
    if (request === open) open = undefined;
    if (request === abandoned) abandoned = undefined;
  };
  watchParser(client as ParsingClient);
  client.on('request', () => {
    // It sends again without a word when the server closed the connection, and says only afterwards that the last
    // request timed out: what became of that is known once this event's callers are done.
    const last = open;
    abandoned = last;
    queueMicrotask(() => {
      if (last !== undefined && abandoned === last) {
        settle(last, closed);
      }
    });
    const sent = now();
    open = { photo: loop.photos[turn++ % loop.photos.length]?.name ?? '', intended: sent, sent };
  });
  client.on('headers', ({ headers }: { headers: string[] }) => {
    replica = readReplicaHeaders((name) => {
      const at = headers.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name);
      return at < 0 ? undefined : headers[at + 1];
    });
  });
  client.on('response', (status: number) => settle(open, { status, ...replica }));
  client.on('timeout', () => settle(abandoned ?? open, { error: 'timeout' }));
  client.on('connError', (error: Error) => settle(open, failureOf(error)));
  return { open: () => open, settle: () => settle(open, closed) };
}

/**
 * A connection for each request, for servers that keep none: autocannon loses their second answer. Tells what had no
 * answer when it stopped, as `persistent` does.
 */
async function reconnecting(loop: ClosedLoop, end: number): Promise<Open[]> {
  const over = new AbortController();
  const timer = Number.isFinite(end) ? setTimeout(() => over.abort(), Math.ceil(end - now())) : undefined;
  const signal = AbortSignal.any([loop.signal, over.signal]);
  const open = new Set<Open>();
  let left = 'requests' in loop.until ? loop.until.requests : Number.POSITIVE_INFINITY;
  let turn = 0;
  const connection = async (): Promise<void> => {
    while (left > 0 && now() < end && !signal.aborted) {
      left -= 1;
      const photo = loop.photos[turn++ % loop.photos.length];
      if (photo === undefined) return;
      const request = { sent: now() };
      open.add(request);
      const { measured } = await send(photo, { ...loop, signal });
      open.delete(request);
      loop.onSample(measured);
    }
  };
  const connections = Array.from({ length: loop.connections }, () => connection().catch(unlessAborted(signal)));
  await Promise.all(connections).finally(() => clearTimeout(timer));
  return [...open];
}
