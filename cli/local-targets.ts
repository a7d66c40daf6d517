import type { ListrTask } from 'listr2';
import type { Profile, Target } from '../bench/index.ts';
import {
  findRouter,
  type LocalArchitecture,
  type LocalOptions,
  type LocalPlatform,
  openfaasTiming,
  quickTiming,
  startLocal,
} from '../infra/local/index.ts';
import { prepareService } from './service.ts';

/** What can be served on this machine; a target is called as its architecture. */
export interface LocalChoice {
  architectures: readonly LocalArchitecture[];
  /** Why there is no hybrid, and what to do. */
  noHybrid?: string;
}

/** A hybrid needs a router, which not every machine has. */
export async function chooseLocal(): Promise<LocalChoice> {
  const noHybrid = await findRouter();
  return noHybrid === undefined
    ? { architectures: ['server', 'serverless', 'hybrid'] }
    : { architectures: ['server', 'serverless'], noHybrid };
}

/** Time without a call after which a hybrid keeps no replica of its function, in seconds. */
const hybridIdleSeconds: Record<Profile, number> = { quick: 3, paper: 30 };

/** The architectures as processes of this machine, for as long as a run lasts. */
export class LocalTargets {
  readonly #choice: LocalChoice;
  readonly #profile: Profile;
  readonly #signal: AbortSignal;
  #replica: Pick<LocalOptions, 'command' | 'env'> = {};
  #platform: LocalPlatform | undefined;

  constructor(choice: LocalChoice, profile: Profile, signal: AbortSignal) {
    this.#choice = choice;
    this.#profile = profile;
    this.#signal = signal;
  }

  /** Empty until the tasks are done. */
  get targets(): readonly Target[] {
    return this.#platform?.targets ?? [];
  }

  /** What must be done before there are targets. */
  tasks(): ListrTask[] {
    return [
      {
        title: 'Prepare the service and its model',
        task: async (_, task) => {
          const { description, command, env } = await prepareService((line) => {
            task.output = line;
          }, this.#signal);
          this.#replica = { command, env };
          task.title = `Service and model: ${description}`;
        },
      },
      {
        title: `Start what serves: ${this.#choice.architectures.join(', ')}`,
        task: async (_, task) => {
          this.#platform = await startLocal({
            ...this.#replica,
            architectures: this.#choice.architectures,
            hybrid: { idleSeconds: hybridIdleSeconds[this.#profile] },
            timing: this.#profile === 'quick' ? quickTiming : openfaasTiming,
            signal: this.#signal,
            onLog: (line) => {
              task.output = line;
            },
          });
        },
      },
      ...(this.#choice.noHybrid === undefined
        ? []
        : [{ title: 'Hybrid', skip: `Hybrid left out: ${this.#choice.noHybrid}`, task: () => undefined }]),
    ];
  }

  /** Ends every process. */
  async stop(): Promise<void> {
    await this.#platform?.stop();
  }
}
