import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { run } from './cluster.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What one `pulumi up` or `destroy` has done, and all that it printed. */
export interface Update {
  succeeded: boolean;
  log: string;
}

/** An update that has begun. */
export interface Underway {
  child: ChildProcess;
  interrupt(): void;
  ended: Promise<Update>;
}

/** A copy of the unchanged project with one stack of it, and a state of its own. */
export class Stack {
  readonly folder: string;
  readonly name: string;
  /** For every command about it. */
  readonly env: Record<string, string>;

  private constructor(folder: string, name: string, env: Record<string, string>) {
    this.folder = folder;
    this.name = name;
    this.env = env;
  }

  /** Real weights (MODEL_DIR) go into its image where there are any. */
  static async create(name: string, config: Record<string, unknown> = {}): Promise<Stack> {
    const cluster = inject('cluster');
    const folder = await mkdtemp(join(tmpdir(), 'faceoff-stack-'));
    const files = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], process.env, root);
    for (const file of files.split('\0').filter(Boolean)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await cp(join(root, file), join(folder, file));
    }
    const model = process.env['MODEL_DIR'];
    if (model !== undefined) await cp(model, join(folder, 'app/models'), { recursive: true });
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    await mkdir(join(folder, '.state'));
    const stack = new Stack(folder, name, {
      ...cluster.env,
      PULUMI_BACKEND_URL: `file://${join(folder, '.state')}`,
    });
    await stack.pulumi('stack', 'init', '--no-select');
    await stack.configure({ 'classifier:cpu': '300m', ...cluster.config, ...config });
    return stack;
  }

  /** Lists and objects are written as JSON; a key that is undefined is removed. */
  async configure(config: Record<string, unknown>): Promise<void> {
    for (const [key, value] of Object.entries(config)) {
      if (value === undefined) await this.pulumi('config', 'rm', key);
      else await this.pulumi('config', 'set', key, typeof value === 'string' ? value : JSON.stringify(value));
    }
  }

  preview(): Promise<Update> {
    return this.#outcome('preview', '--color', 'never');
  }

  up(...args: string[]): Promise<Update> {
    return this.#update('up', '--skip-preview', ...args);
  }

  refresh(...args: string[]): Promise<Update> {
    return this.#update('refresh', ...args);
  }

  destroy(): Promise<Update> {
    return this.#update('destroy');
  }

  async outputs<T = Record<string, unknown>>(): Promise<T> {
    return JSON.parse(await this.pulumi('stack', 'output', '--json'));
  }

  /** The state, secrets encrypted. */
  export(): Promise<string> {
    return this.pulumi('stack', 'export');
  }

  /** Changes a file of the copy. */
  async edit(path: string, change: (text: string) => string): Promise<void> {
    const file = join(this.folder, path);
    await writeFile(file, change(await readFile(file, 'utf8')));
  }

  /** What a command prints. */
  pulumi(...args: string[]): Promise<string> {
    return run('pulumi', [...args, ...this.#common], this.env, this.folder);
  }

  kubectl(...args: string[]): Promise<string> {
    return run('kubectl', ['--context', inject('cluster').context, ...args], this.env);
  }

  /** Destroys what is left of it, and forgets it. */
  async dispose(): Promise<void> {
    const { succeeded, log } = await this.destroy();
    if (!succeeded) throw new Error(log);
    await rm(this.folder, { recursive: true });
  }

  /** An update in a process group of its own, as a terminal has it, so that it can be interrupted. */
  begin(command: 'up'): Underway {
    const args = [...updateArgs(command), '--skip-preview', ...this.#common];
    const child = spawn('pulumi', args, { env: this.env, cwd: this.folder, detached: true, stdio: 'pipe' });
    let log = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        log += chunk;
      });
    }
    return {
      child,
      interrupt: () => void process.kill(-(child.pid ?? 0), 'SIGINT'),
      ended: new Promise((resolve) => child.once('close', (status) => resolve({ succeeded: status === 0, log }))),
    };
  }

  #update(command: string, ...args: string[]): Promise<Update> {
    return this.#outcome(...updateArgs(command), ...args);
  }

  #outcome(...args: string[]): Promise<Update> {
    return this.pulumi(...args).then(
      (log) => ({ succeeded: true, log }),
      (error: Error) => ({ succeeded: false, log: error.message }),
    );
  }

  get #common(): string[] {
    return ['--non-interactive', '--stack', this.name];
  }
}

function updateArgs(command: string): string[] {
  return [command, '--yes', '--color', 'never'];
}

/** Every object of the cluster that a stack could have made, by kind and name. */
export async function clusterObjects({ env }: Stack): Promise<string[]> {
  const { context, kind } = inject('cluster');
  const listed = await run(join(root, 'test/cluster/objects.sh'), [context, ...(kind === 'own' ? ['pods'] : [])], env);
  return listed.split('\n').filter(Boolean);
}
