import type { Arrivals } from './arrivals/index.ts';
import { Generator } from './generator/index.ts';
import { describeLateness, type Lateness } from './lateness.ts';
import type { Photo } from './photos.ts';
import type { Measured } from './sample.ts';

/** An open loop: requests go out on a schedule, whether or not earlier ones have been answered. */
export interface OpenLoop {
  url: string;
  photos: readonly Photo[];
  /** When the requests should go out. */
  arrivals: Arrivals;
  timeoutMs: number;
  /** Ends the loop early; what was answered until then is delivered. */
  signal: AbortSignal;
  onSample(sample: Measured): void;
}

/** Generators that wait for a next loop: threads take long to start. They do not keep the process alive. */
const idle: Generator[] = [];

/**
 * Sends on the schedule, from threads of its own, and waits for the answers. Latency counts from the intended time, so
 * a stalled target (or a late generator) shows in full; what the generator itself was late is returned.
 */
export async function runOpenLoop(loop: OpenLoop): Promise<Lateness> {
  const generator = idle.pop() ?? new Generator();
  try {
    const lateness = describeLateness(await generator.run(loop));
    idle.push(generator);
    return lateness;
  } catch (error) {
    await generator.close();
    throw error;
  }
}
