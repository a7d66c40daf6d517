import { SoonestHeap } from './soonest-heap.ts';

/**
 * What replicas are answering. Requests on one replica slow each other down: each takes longer by `crowding` of its time
 * for every other one, as threads do on a machine's cores. Times are in seconds.
 */
export class Answering {
  readonly #slots: number;
  /** By number of requests on a replica: how fast each goes on. */
  readonly #rates: Float64Array;
  /** Replicas by when their next answer is there. */
  readonly soonest = new SoonestHeap();
  /** By replica: how many it answers. */
  #busy = new Int32Array(0);
  /** By replica: work that a request there since it was last idle would have had done, and when that was reckoned. */
  #done = new Float64Array(0);
  #doneAt = new Float64Array(0);
  /** By replica and slot, the next to be done first: the work at which a request is done, and when it came. */
  #doneBy = new Float64Array(0);
  #arrived = new Float64Array(0);
  /** Requests that are answered, over all replicas. */
  requests = 0;
  /** How much work is done in a second, over all replicas. */
  rate = 0;

  /** @param slots are the requests that a replica answers at once. */
  constructor(slots: number, crowding: number) {
    this.#slots = slots;
    this.#rates = Float64Array.from({ length: slots + 1 }, (_, busy) => 1 / (1 + Math.max(0, busy - 1) * crowding));
  }

  /** Makes room for one more replica. */
  add(replica: number): void {
    if (replica < this.#busy.length) return;
    const length = Math.max(64, 2 * replica);
    const grown = (values: Float64Array, each: number): Float64Array<ArrayBuffer> => {
      const longer = new Float64Array(length * each);
      longer.set(values);
      return longer;
    };
    const busy = new Int32Array(length);
    busy.set(this.#busy);
    this.#busy = busy;
    this.#done = grown(this.#done, 1);
    this.#doneAt = grown(this.#doneAt, 1);
    this.#doneBy = grown(this.#doneBy, this.#slots);
    this.#arrived = grown(this.#arrived, this.#slots);
  }

  /** How many a replica answers. */
  on(replica: number): number {
    return this.#busy[replica] as number;
  }

  /** A replica with a free slot begins to answer a request that came at `arrived`, and takes `work` seconds alone. */
  begin(replica: number, now: number, work: number, arrived: number): void {
    const busy = this.#busy[replica] as number;
    const done = busy === 0 ? 0 : this.#doneOf(replica, busy, now);
    const from = replica * this.#slots;
    const doneBy = done + work;
    let place = from + busy;
    for (; place > from && (this.#doneBy[place - 1] as number) > doneBy; place -= 1) {
      this.#doneBy[place] = this.#doneBy[place - 1] as number;
      this.#arrived[place] = this.#arrived[place - 1] as number;
    }
    this.#doneBy[place] = doneBy;
    this.#arrived[place] = arrived;
    this.requests += 1;
    this.#goOn(replica, now, done, busy, busy + 1);
  }

  /** Ends the request that is the next to be done. @returns when it came. */
  end(): number {
    const { replica, first } = this.soonest;
    const busy = this.#busy[replica] as number;
    const from = replica * this.#slots;
    const done = this.#doneBy[from] as number;
    const arrived = this.#arrived[from] as number;
    for (let place = from + 1; place < from + busy; place += 1) {
      this.#doneBy[place - 1] = this.#doneBy[place] as number;
      this.#arrived[place - 1] = this.#arrived[place] as number;
    }
    this.requests -= 1;
    this.#goOn(replica, first, done, busy, busy - 1);
    return arrived;
  }

  #doneOf(replica: number, busy: number, now: number): number {
    const since = now - (this.#doneAt[replica] as number);
    return (this.#done[replica] as number) + since * (this.#rates[busy] as number);
  }

  #goOn(replica: number, now: number, done: number, before: number, busy: number): void {
    const rate = this.#rates[busy] as number;
    this.#busy[replica] = busy;
    this.#done[replica] = done;
    this.#doneAt[replica] = now;
    this.rate += busy * rate - before * (this.#rates[before] as number);
    if (busy === 0) this.soonest.remove(replica);
    else this.soonest.set(replica, now + ((this.#doneBy[replica * this.#slots] as number) - done) / rate);
  }
}
