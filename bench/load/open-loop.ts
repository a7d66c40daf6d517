import { setTimeout as sleep } from 'node:timers/promises';
import { Agent } from 'undici';
import { type Arrivals, schedule } from './arrivals/index.ts';
import { now } from './clock.ts';
import { type Lateness, LatenessCount } from './lateness.ts';
import type { Photo } from './photos.ts';
import type { Measured } from './sample.ts';
import { send, unlessAborted } from './send.ts';

/** An open loop: requests go out on a schedule, whether or not earlier ones have been answered. */
export interface OpenLoop {
  url: string;
  photos: readonly Photo[];
  /** When the requests should go out. */
  arrivals: Arrivals;
  timeoutMs: number;
  signal: AbortSignal;
  onSample(sample: Measured): void;
}

/**
 * Sends on the schedule and waits for the answers. Latency counts from the intended time, so a stalled target (or a
 * late generator) shows in full; what the generator itself was late is returned.
 */
export async function runOpenLoop(loop: OpenLoop): Promise<Lateness> {
  const dispatcher = new Agent({ connections: 256, pipelining: 1 });
  const start = now();
  const underway: Promise<void>[] = [];
  const lateness = new LatenessCount();
  let index = 0;
  try {
    for (const offset of schedule(loop.arrivals)) {
      const intended = start + offset;
      const wait = intended - now();
      if (wait > 0) await sleep(wait, undefined, { signal: loop.signal }).catch(() => undefined);
      const photo = loop.photos[index++ % loop.photos.length];
      if (photo === undefined || loop.signal.aborted) break;
      const { url, timeoutMs, signal } = loop;
      lateness.add(now() - intended);
      underway.push(
        send(photo, { url, timeoutMs, signal, dispatcher, intended })
          .then(({ measured }) => loop.onSample(measured))
          .catch(unlessAborted(signal)),
      );
    }
    await Promise.all(underway);
  } finally {
    await dispatcher.destroy();
  }
  return lateness.describe();
}
