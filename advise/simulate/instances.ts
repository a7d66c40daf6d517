import type { Draw } from '../traffic/index.ts';
import { type Distribution, sampler } from './distribution.ts';
import type { Recorder } from './recorder.ts';
import type { Change } from './replica-group.ts';
import { Ring } from './ring.ts';
import { TimesHeap } from './times-heap.ts';

/** A cloud's function: one request per instance. Times are in seconds. */
export interface InstanceKind {
  service: Distribution;
  /** What a request that starts an instance waits before it is answered. */
  start: Distribution;
  /** An instance without a request for so long is gone. */
  keepAlive: number;
  timeout: number;
  /** Instances at once; a request beyond is refused. */
  most: number;
  /** Whether the start of an instance is paid for. */
  startIsBilled: boolean;
}

/** Between two notes of how many instances there are. */
const noteEvery = 60;

/** Instances as requests need them: the one that was busy last takes the next, else a new one starts. */
export class Instances {
  readonly #kind: InstanceKind;
  readonly #recorder: Recorder;
  readonly #service: () => number;
  readonly #start: () => number;
  readonly #busyUntil = new TimesHeap();
  /** When each idle instance became idle: the longest ago first. */
  readonly #idleSince = new Ring();
  #billed = 0;
  #busy = 0;
  #calls = 0;
  #starts = 0;
  #peak = 0;
  #notedAt = Number.NEGATIVE_INFINITY;
  readonly #changes: Change[] = [];

  constructor(kind: InstanceKind, recorder: Recorder, draw: Draw) {
    this.#kind = kind;
    this.#recorder = recorder;
    this.#service = sampler(kind.service, draw);
    this.#start = sampler(kind.start, draw);
  }

  /** A request comes; times do not go back. */
  arrive(at: number): void {
    this.#advance(at);
    const { most, timeout, startIsBilled } = this.#kind;
    const warm = this.#idleSince.size > 0;
    if (!warm && this.#busyUntil.size >= most) {
      this.#recorder.fail();
      return;
    }
    const wait = warm ? 0 : this.#start();
    if (warm) this.#idleSince.pop();
    else this.#starts += 1;
    const seconds = this.#service();
    const latency = wait + seconds;
    this.#busyUntil.push(at + latency, 0);
    this.#calls += 1;
    this.#busy += seconds;
    this.#billed += seconds + (startIsBilled ? wait : 0);
    this.#note(at);
    if (latency > timeout) this.#recorder.fail();
    else this.#recorder.answer(at, latency);
  }

  finish(end: number): InstancesUse {
    this.#advance(end);
    return {
      calls: this.#calls,
      billedSeconds: this.#billed,
      busySeconds: this.#busy,
      starts: this.#starts,
      peakInstances: this.#peak,
      changes: [...this.#changes, [end, this.#count()]],
    };
  }

  #advance(until: number): void {
    while (this.#busyUntil.first <= until) {
      this.#idleSince.push(this.#busyUntil.first);
      this.#busyUntil.pop();
    }
    while (this.#idleSince.size > 0 && this.#idleSince.first + this.#kind.keepAlive < until) this.#idleSince.shift();
  }

  #count(): number {
    return this.#busyUntil.size + this.#idleSince.size;
  }

  #note(at: number): void {
    const count = this.#count();
    if (count > this.#peak || at - this.#notedAt >= noteEvery) {
      this.#changes.push([at, count]);
      this.#notedAt = at;
    }
    this.#peak = Math.max(this.#peak, count);
  }
}

/** What a cloud's function took, until the end of the traffic. */
export interface InstancesUse {
  calls: number;
  /** Seconds of running that are paid for. */
  billedSeconds: number;
  /** Seconds of answering. */
  busySeconds: number;
  /** Cold starts. */
  starts: number;
  peakInstances: number;
  changes: Change[];
}
