import { ArrivalStream, secondsOf, type Traffic } from '../traffic/index.ts';
import { Recorder } from './recorder.ts';
import { type Running, type System, type SystemUse, start } from './system.ts';

export interface SimulateOptions {
  seed: number;
  /** The objective's limit, in seconds. */
  limit: number;
  /** Told now and then how many requests have gone through all of the systems. */
  onProgress?: (requests: number) => void;
}

/** What a simulation found. */
export interface Outcome {
  recorder: Recorder;
  use: SystemUse;
  /** Seconds that the traffic lasted. */
  seconds: number;
}

const chunkLength = 65_536;

/**
 * Sends the traffic through each of the systems, request by request. All of them see the same times, and what becomes
 * of one does not depend on which others there are.
 */
export function simulate(traffic: Traffic, systems: readonly System[], options: SimulateOptions): Outcome[] {
  const { seed, limit, onProgress } = options;
  const seconds = secondsOf(traffic);
  const all = systems.map((system): { running: Running; recorder: Recorder } => {
    const recorder = new Recorder(limit, seconds);
    return { running: start(system, recorder, seed + 1), recorder };
  });
  const stream = new ArrivalStream(traffic, seed);
  const chunk = new Float64Array(chunkLength);
  let done = 0;
  for (let count = stream.next(chunk); count > 0; count = stream.next(chunk)) {
    for (const { running } of all) send(running, chunk, count);
    done += count;
    onProgress?.(done);
  }
  return all.map(({ running, recorder }) => ({ recorder, use: running.finish(seconds), seconds }));
}

function send({ entry }: Running, chunk: Float64Array, count: number): void {
  for (let index = 0; index < count; index += 1) entry.arrive(chunk[index] as number);
}
