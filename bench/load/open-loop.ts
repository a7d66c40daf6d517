import { setTimeout as sleep } from 'node:timers/promises';
import { Agent } from 'undici';
import { now } from './clock.ts';
import type { Photo } from './photos.ts';
import type { Measured } from './sample.ts';
import { send, unlessAborted } from './send.ts';

/** An open loop: requests go out on a schedule, whether or not earlier ones have been answered. */
export interface OpenLoop {
  url: string;
  photos: readonly Photo[];
  /** Requests a second, evenly spaced. */
  rate: number;
  seconds: number;
  timeoutMs: number;
  signal: AbortSignal;
  onSample(sample: Measured): void;
}

/**
 * Sends at a constant rate and waits for the answers. Latency counts from the intended time, so a stalled target (or a
 * late generator: `sent - intended`) shows in full.
 */
export async function runOpenLoop(loop: OpenLoop): Promise<void> {
  const dispatcher = new Agent({ connections: 256, pipelining: 1 });
  const start = now();
  const underway: Promise<void>[] = [];
  const count = Math.round(loop.rate * loop.seconds);
  try {
    for (let index = 0; index < count && !loop.signal.aborted; index += 1) {
      const intended = start + (index * 1000) / loop.rate;
      const wait = intended - now();
      if (wait > 0) await sleep(wait, undefined, { signal: loop.signal }).catch(() => undefined);
      const photo = loop.photos[index % loop.photos.length];
      if (photo === undefined || loop.signal.aborted) break;
      const { url, timeoutMs, signal } = loop;
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
}
