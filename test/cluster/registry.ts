import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../infra/local/process/free-port.ts';

export const credentials = { username: 'faceoff', password: 'let-me-in' };

/** The same, as `htpasswd -B` writes it: a registry takes nothing but bcrypt. */
const htpasswd = 'faceoff:$2b$04$QECJavU8xWeKhZdJAIxcwOjFKwWzpZx43R.P3dpIsvkLaBg5cjEeO\n';

/** A registry of images on this machine, Debian's, which wants a password. */
export class Registry {
  /** Host and port. */
  readonly server: string;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(server: string, process: ChildProcess, folder: string) {
    this.server = server;
    this.#process = process;
    this.#folder = folder;
  }

  static async start(): Promise<Registry> {
    const folder = await mkdtemp(join(tmpdir(), 'faceoff-registry-'));
    // Docker and containerd speak plain HTTP with this address alone.
    const server = `127.0.0.1:${await freePort()}`;
    const config = {
      version: '0.1',
      log: { level: 'warn' },
      storage: { filesystem: { rootdirectory: join(folder, 'images') } },
      http: { addr: server },
      auth: { htpasswd: { realm: 'test', path: join(folder, 'htpasswd') } },
    };
    await writeFile(join(folder, 'htpasswd'), htpasswd);
    await writeFile(join(folder, 'config.json'), JSON.stringify(config));
    const child = spawn('docker-registry', ['serve', join(folder, 'config.json')], { stdio: 'ignore' });
    const registry = new Registry(server, child, folder);
    while (!(await registry.#answers())) await sleep(100);
    return registry;
  }

  async stop(): Promise<void> {
    this.#process.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #answers(): Promise<boolean> {
    if (this.#process.exitCode !== null) throw new Error(`docker-registry ended with ${this.#process.exitCode}`);
    return fetch(`http://${this.server}/v2/`).then(
      ({ status }) => status === 401,
      () => false,
    );
  }
}
