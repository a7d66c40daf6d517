import type { ListrTask } from 'listr2';
import type { Profile, Target } from '../bench/index.ts';
import {
  type LocalOptions,
  type LocalPlatform,
  openfaasTiming,
  quickTiming,
  startLocal,
} from '../infra/local/index.ts';
import { prepareService } from './service.ts';

/** What the local targets are called, before there are any. */
export const localTargetNames: readonly string[] = ['server', 'serverless'];

/** Both architectures as processes of this machine, for as long as a run lasts. */
export class LocalTargets {
  readonly #profile: Profile;
  readonly #signal: AbortSignal;
  #replica: Pick<LocalOptions, 'command' | 'env'> = {};
  #platform: LocalPlatform | undefined;

  constructor(profile: Profile, signal: AbortSignal) {
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
        title: 'Start the server and the gateway with its function',
        task: async (_, task) => {
          this.#platform = await startLocal({
            ...this.#replica,
            timing: this.#profile === 'quick' ? quickTiming : openfaasTiming,
            signal: this.#signal,
            onLog: (line) => {
              task.output = line;
            },
          });
        },
      },
    ];
  }

  /** Ends every process. */
  async stop(): Promise<void> {
    await this.#platform?.stop();
  }
}
