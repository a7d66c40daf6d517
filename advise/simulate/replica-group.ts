import type { Draw } from '../traffic/index.ts';
import { Answering } from './answering.ts';
import { ByLoad } from './by-load.ts';
import { type Distribution, sampler } from './distribution.ts';
import type { Policy, Seen } from './policy/index.ts';
import type { Recorder } from './recorder.ts';
import { Ring } from './ring.ts';
import { TimesHeap } from './times-heap.ts';

/** What a replica is like. Times are in seconds. */
export interface ReplicaKind {
  service: Distribution;
  /** Requests that it answers at once; more wait. */
  concurrency: number;
  /** By how much of its time alone a request takes longer for every other one on its replica. */
  crowding: number;
  /** From asking for a replica to its being ready. */
  start: Distribution;
  /** After so long without an answer a request has failed; its replica answers it all the same. */
  timeout: number;
  /** Requests that may wait for each ready replica; more are refused. */
  queue: number;
}

/** Replicas over time: how many there were, starting or ready, from each time on. */
export type Change = readonly [time: number, replicas: number];

/**
 * Replicas behind one line of waiting requests, and what decides how many there are. Requests are given to it in the
 * order of their times; it does by itself what happens in between.
 */
export class ReplicaGroup {
  readonly #concurrency: number;
  readonly #timeout: number;
  readonly #queue: number;
  readonly #policy: Policy;
  readonly #recorder: Recorder;
  readonly #refused: (at: number) => void;
  readonly #service: () => number;
  readonly #start: () => number;
  readonly #waiting = new Ring();
  readonly #answering: Answering;
  readonly #starting = new TimesHeap();
  /** Replicas that are to stay and have a free slot. */
  readonly #free: ByLoad;
  /** By replica: 1 while it is ready and to stay. */
  #stays = new Uint8Array(64);
  #ready: number[] = [];
  #nextReplica = 0;
  #now = 0;
  #lookAt: number;
  #answered = 0;
  #inSystemArea = 0;
  #busyArea = 0;
  #replicaArea = 0;
  #draining = 0;
  #starts = 0;
  #peak = 0;
  readonly changes: Change[] = [];

  /** @param refused is told of a request that finds the line full; without it the request has failed. */
  constructor(kind: ReplicaKind, policy: Policy, recorder: Recorder, draw: Draw, refused?: (at: number) => void) {
    this.#concurrency = kind.concurrency;
    this.#timeout = kind.timeout;
    this.#queue = kind.queue;
    this.#policy = policy;
    this.#recorder = recorder;
    this.#refused = refused ?? (() => recorder.fail());
    this.#service = sampler(kind.service, draw);
    this.#start = sampler(kind.start, draw);
    this.#lookAt = policy.every;
    this.#free = new ByLoad(kind.concurrency);
    this.#answering = new Answering(kind.concurrency, kind.crowding);
    for (let index = 0; index < policy.initial; index += 1) this.#add();
    this.#note();
  }

  /** A request comes. */
  arrive(at: number): void {
    this.advance(at);
    const free = this.#free.least;
    if (free >= 0) {
      this.#begin(free, at);
      return;
    }
    this.#dropExpired();
    const replicas = this.#ready.length;
    if (replicas > 0 && this.#waiting.size >= this.#queue * replicas) {
      this.#refused(at);
      return;
    }
    this.#waiting.push(at);
    if (replicas === 0 && this.#starting.size === 0) this.#scaleTo(this.#policy.wake(this.#see()));
  }

  /** Everything that happens until then. */
  advance(until: number): void {
    for (;;) {
      const next = this.#next();
      if (!(next <= until)) break;
      this.#moveTo(next);
      if (this.#answering.soonest.first === next) this.#depart();
      else if (this.#starting.first === next) this.#becomeReady();
      else this.#look();
    }
    this.#moveTo(until);
  }

  /** Ends the time that is paid for; requests that are still there are answered, or have timed out. */
  finish(end: number): GroupUse {
    this.advance(end);
    const use = {
      replicaSeconds: this.#replicaArea,
      busySeconds: this.#busyArea,
      peakReplicas: this.#peak,
      starts: this.#starts,
      changes: this.changes.slice(),
    };
    const last = end + this.#timeout;
    while (this.#inSystem > 0 && this.#now < last) this.advance(Math.min(last, this.#next()));
    for (let left = this.#inSystem; left > 0; left -= 1) this.#recorder.fail();
    return use;
  }

  get #inSystem(): number {
    return this.#answering.requests + this.#waiting.size;
  }

  #next(): number {
    return Math.min(this.#answering.soonest.first, this.#starting.first, this.#lookAt);
  }

  #moveTo(time: number): void {
    const span = time - this.#now;
    if (span <= 0) return;
    this.#inSystemArea += span * this.#inSystem;
    this.#busyArea += span * this.#answering.rate;
    this.#replicaArea += span * (this.#ready.length + this.#starting.size + this.#draining);
    this.#now = time;
  }

  #begin(replica: number, arrived: number): void {
    const others = this.#answering.on(replica);
    this.#free.take(replica, others);
    this.#free.put(replica, others + 1);
    this.#answering.begin(replica, this.#now, this.#service(), arrived);
  }

  #depart(): void {
    const { replica } = this.#answering.soonest;
    const arrived = this.#answering.end();
    const left = this.#answering.on(replica);
    this.#answered += 1;
    const latency = this.#now - arrived;
    if (latency > this.#timeout) this.#recorder.fail();
    else this.#recorder.answer(arrived, latency);
    if (this.#stays[replica] !== 1) {
      if (left === 0) this.#draining -= 1;
      return;
    }
    this.#free.take(replica, left + 1);
    this.#free.put(replica, left);
    this.#offer(replica);
  }

  /** Free slots take those that have waited the longest. */
  #offer(replica: number): void {
    while (this.#answering.on(replica) < this.#concurrency) {
      this.#dropExpired();
      if (this.#waiting.size === 0) return;
      this.#begin(replica, this.#waiting.shift());
    }
  }

  #dropExpired(): void {
    while (this.#waiting.size > 0 && this.#now - this.#waiting.first > this.#timeout) {
      this.#waiting.shift();
      this.#recorder.fail();
    }
  }

  #look(): void {
    this.#lookAt += this.#policy.every;
    this.#scaleTo(this.#policy.look(this.#see()));
  }

  #see(): Seen {
    return {
      time: this.#now,
      answered: this.#answered,
      inSystemArea: this.#inSystemArea,
      busyArea: this.#busyArea,
      inSystem: this.#inSystem,
      ready: this.#ready.length,
      replicas: this.#ready.length + this.#starting.size,
    };
  }

  #scaleTo(wanted: number): void {
    const before = this.#ready.length + this.#starting.size;
    if (wanted === before) return;
    for (let count = before; count < wanted; count += 1) {
      this.#starts += 1;
      this.#starting.push(this.#now + this.#start(), 0);
    }
    // Those that are not ready go first, then the youngest.
    let surplus = before - wanted;
    while (surplus > 0 && this.#starting.size > 0) {
      this.#starting.pop();
      surplus -= 1;
    }
    for (; surplus > 0; surplus -= 1) this.#remove();
    this.#note();
  }

  #becomeReady(): void {
    this.#starting.pop();
    this.#add();
  }

  #add(): void {
    const replica = this.#nextReplica++;
    if (replica === this.#stays.length) this.#grow();
    this.#answering.add(replica);
    this.#stays[replica] = 1;
    this.#ready.push(replica);
    this.#free.put(replica, 0);
    this.#offer(replica);
  }

  #remove(): void {
    const replica = this.#ready.pop();
    if (replica === undefined) return;
    this.#stays[replica] = 0;
    const busy = this.#answering.on(replica);
    this.#free.take(replica, busy);
    if (busy > 0) this.#draining += 1;
  }

  #note(): void {
    const replicas = this.#ready.length + this.#starting.size;
    this.#peak = Math.max(this.#peak, replicas);
    this.changes.push([this.#now, replicas]);
  }

  #grow(): void {
    const stays = new Uint8Array(2 * this.#stays.length);
    stays.set(this.#stays);
    this.#stays = stays;
  }
}

/** What a group of replicas took, until the end of the traffic. */
export interface GroupUse {
  replicaSeconds: number;
  /** Work that was done, in seconds that it takes a request alone. */
  busySeconds: number;
  peakReplicas: number;
  /** Replicas that were started after the first ones. */
  starts: number;
  changes: Change[];
}
