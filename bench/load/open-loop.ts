import { Generator, type OpenLoop } from './generator/index.ts';
import { describeLateness, type Lateness } from './lateness.ts';
import { nothingUnderway, type Underway } from './underway.ts';

/** Generators that wait for a next loop: a thread takes long to start. They do not keep the process alive. */
const idle: Generator[] = [];

/**
 * Has a generator ready, so that the next loop begins at once: to start one takes a second of a core, which is neither
 * load nor the target's.
 */
export async function prepareOpenLoop(): Promise<void> {
  if (idle.length > 0) return;
  const generator = new Generator();
  try {
    await generator.ready();
    idle.push(generator);
  } catch (error) {
    await generator.close();
    throw error;
  }
}

/**
 * Sends on the schedule, from a thread of its own, and waits for the answers. Latency counts from the intended time, so
 * a stalled target (or a late generator) shows in full. Returned is how late the generator itself was, and what its
 * signal made it give up.
 */
export async function runOpenLoop(loop: OpenLoop): Promise<{ lateness: Lateness; underway: Underway }> {
  const generator = idle.pop() ?? new Generator();
  try {
    const ended = await generator.run(loop);
    idle.push(generator);
    return { lateness: describeLateness(ended?.lateness), underway: ended?.underway ?? nothingUnderway };
  } catch (error) {
    await generator.close();
    throw error;
  }
}
