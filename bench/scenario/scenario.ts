import type { Photo, Sample } from '../load/index.ts';
import type { RunEvent, Settings } from '../record/index.ts';
import type { Random } from '../stats/index.ts';
import type { Target } from '../target/index.ts';

/** What a scenario works with and writes to. */
export interface Context {
  /** Those that answered the first photos, in the order given. */
  targets: readonly Target[];
  /** Names of targets that close the connection after each answer. */
  reconnect: ReadonlySet<string>;
  photos: readonly Photo[];
  settings: Settings;
  /** Requests a second that a target keeps the objective at, by its name, as far as this run has found. */
  capacities: Map<string, number>;
  random: Random;
  signal: AbortSignal;
  sample(sample: Sample): void;
  event(event: RunEvent): void;
  /** One short line for the person who waits. */
  progress(text: string): void;
  /** Waits for something that is no load: how busy the client is meanwhile does not count. */
  withoutLoad<T>(wait: () => Promise<T>): Promise<T>;
}

/** One question put to every target. */
export interface Scenario {
  name: string;
  /** What a person reads while it runs. */
  title: string;
  /** Ends early, without an error, when the context's signal is aborted. */
  run(context: Context): Promise<void>;
}
