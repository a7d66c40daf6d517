import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../../bench/stats/index.ts';
import type { LocalPlatform, LocalTarget } from '../../../infra/local/index.ts';
import { ApiClient } from '../../../infra/local/serverless/index.ts';
import { childrenOf, wasToldOf } from './processes.ts';

export type VictimKind = 'server' | 'gateway' | 'replica';

/** One process that was killed. Moments are milliseconds of `performance.now()`. */
export interface Kill {
  kind: VictimKind;
  /** The target that it served. */
  target: string;
  /** Of a replica: as the gateway calls it. */
  replica?: string;
  at: number;
  /** From then on no request is given to the dead process: its parent has noticed, or, where clients meet it, it is back. */
  overAt: number;
  /** From then on all of the target's replicas are ready again. */
  backAt: number;
}

/** Until when a target has to be whole again after a kill, in milliseconds. */
const longestReturnMs = 60_000;

const pollMs = 10;

/** The processes of a platform that can be killed. */
export class Victims {
  readonly #platform: LocalPlatform;
  readonly #gateway: ApiClient;
  readonly #longestMs: number;

  /** @param longestMs what a return may take, in milliseconds. */
  constructor(platform: LocalPlatform, longestMs = longestReturnMs) {
    this.#longestMs = longestMs;
    this.#platform = platform;
    this.#gateway = gatewayOf(platform);
  }

  /** The process of the server. @throws when it is down. */
  serverPid(): number {
    const [pid] = this.#serverPids();
    if (pid === undefined) throw new Error('The server has no process');
    return pid;
  }

  async gatewayPid(): Promise<number> {
    return (await this.#gateway.processes()).gateway.pid;
  }

  /**
   * Kills a process and waits until all of its target's replicas are ready again.
   *
   * @param random chooses among replicas.
   * @throws Error when that takes too long.
   */
  async kill(kind: VictimKind, random: Random): Promise<Kill> {
    const target = this.#targetOf(kind);
    const { pid, replica } = await this.#find(kind, random);
    const at = performance.now();
    process.kill(pid, 'SIGKILL');
    const until = async (holds: () => Promise<boolean>) => {
      while (!(await holds())) {
        if (performance.now() - at > this.#longestMs) {
          throw new Error(`the ${replica ?? kind} that was killed is not back after ${this.#longestMs / 1000} s`);
        }
        await sleep(pollMs);
      }
    };
    if (kind === 'replica') await until(async () => !(await this.#isListed(pid)));
    const noticedAt = performance.now();
    await until(async () => (await this.#isOther(kind, pid)) && (await isWhole(target)));
    const backAt = performance.now();
    const overAt = kind === 'replica' ? noticedAt : backAt;
    return { kind, target: target.name, at, overAt, backAt, ...(replica !== undefined && { replica }) };
  }

  async #find(kind: VictimKind, random: Random): Promise<{ pid: number; replica?: string }> {
    if (kind === 'server') return { pid: this.serverPid() };
    const { gateway, replicas } = await this.#gateway.processes();
    if (kind === 'gateway') return gateway;
    const ready = replicas.filter(({ state }) => state === 'ready');
    const replica = ready[random(0, ready.length - 1)];
    if (replica === undefined) throw new Error('No replica is ready');
    return { pid: replica.pid, replica: replica.name };
  }

  /** Whether another process has taken the place of the killed one. */
  async #isOther(kind: VictimKind, pid: number): Promise<boolean> {
    if (kind === 'replica') return true;
    if (kind === 'gateway') return (await this.gatewayPid().catch(() => pid)) !== pid;
    return this.#serverPids().some((other) => other !== pid);
  }

  #serverPids(): number[] {
    const { port } = new URL(this.#targetOf('server').url);
    return childrenOf(process.pid).filter((child) => wasToldOf(child, `PORT=${port}`));
  }

  async #isListed(pid: number): Promise<boolean> {
    return (await this.#gateway.processes()).replicas.some((replica) => replica.pid === pid);
  }

  #targetOf(kind: VictimKind): LocalTarget {
    const architecture = kind === 'server' ? 'server' : 'serverless';
    const target = this.#platform.targets.find((each) => each.architecture === architecture);
    if (target === undefined) throw new Error(`There is no ${architecture} target`);
    return target;
  }
}

/** The API of a platform's gateway. */
export function gatewayOf({ gateway }: LocalPlatform): ApiClient {
  if (gateway === undefined) throw new Error('There is no gateway');
  return new ApiClient(gateway.url, gateway.user, gateway.password);
}

async function isWhole(target: LocalTarget): Promise<boolean> {
  const { ready, desired } = await target.replicas();
  return ready === desired;
}
