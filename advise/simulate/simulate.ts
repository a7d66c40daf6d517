import { ArrivalStream, requestsOf, secondsOf, type Traffic } from '../traffic/index.ts';
import { Recorder } from './recorder.ts';
import { type Running, type System, type SystemUse, start } from './system.ts';

export interface SimulateOptions {
  seed: number;
  /** The objective's limit, in seconds. */
  limit: number;
  /** Ends it when so large a share of all requests has missed the limit. */
  giveUpShare?: number;
  /** Told now and then how many requests have come. */
  onProgress?: (requests: number) => void;
}

/** What a simulation found. */
export interface Outcome {
  recorder: Recorder;
  use: SystemUse;
  /** Seconds that the traffic lasted. */
  seconds: number;
  /** Whether it ended early: so much had missed the limit that the rest could not mend it. */
  gaveUp: boolean;
}

const chunkLength = 65_536;

/** Sends the traffic through each of the systems, request by request; all of them see the same times. */
export function simulate(traffic: Traffic, systems: readonly System[], options: SimulateOptions): Outcome[] {
  const { seed, limit, giveUpShare = 1, onProgress } = options;
  const seconds = secondsOf(traffic);
  const total = requestsOf(traffic);
  const all = systems.map((system): { running: Running; recorder: Recorder; gaveUp: boolean } => {
    const recorder = new Recorder(limit, seconds);
    return { running: start(system, recorder, seed + 1), recorder, gaveUp: false };
  });
  const stream = new ArrivalStream(traffic, seed);
  const chunk = new Float64Array(chunkLength);
  let done = 0;
  for (let count = stream.next(chunk); count > 0; count = stream.next(chunk)) {
    for (const each of all) {
      if (each.gaveUp) continue;
      send(each.running, chunk, count);
      each.gaveUp = each.recorder.attempts - each.recorder.good > giveUpShare * total;
    }
    done += count;
    onProgress?.(done);
    if (all.every(({ gaveUp }) => gaveUp)) break;
  }
  return all.map(({ running, recorder, gaveUp }) => ({ recorder, use: running.finish(seconds), seconds, gaveUp }));
}

function send(running: Running, chunk: Float64Array, count: number): void {
  for (let index = 0; index < count; index += 1) running.arrive(chunk[index] as number);
}
