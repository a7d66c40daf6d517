/**
 * Replicas with a free slot, by how many requests each answers now. However many there are, it takes the same time to
 * find one that answers the fewest: of those, the one first that has been at that the longest.
 */
export class ByLoad {
  /** By number of requests: the ends of a list. -1 is none. */
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  /** By replica: its neighbours in its list. */
  #next = new Int32Array(64);
  #before = new Int32Array(64);

  /** @param slots of each replica. */
  constructor(slots: number) {
    this.#first = new Int32Array(slots).fill(-1);
    this.#last = new Int32Array(slots).fill(-1);
  }

  /** Puts a replica in that answers so many; one without a free slot is left out. */
  put(replica: number, busy: number): void {
    if (busy >= this.#first.length) return;
    if (replica >= this.#next.length) this.#grow(replica);
    const last = this.#last[busy] as number;
    this.#next[replica] = -1;
    this.#before[replica] = last;
    if (last < 0) this.#first[busy] = replica;
    else this.#next[last] = replica;
    this.#last[busy] = replica;
  }

  /** Takes a replica out that was put in with so many. */
  take(replica: number, busy: number): void {
    if (busy >= this.#first.length) return;
    const next = this.#next[replica] as number;
    const before = this.#before[replica] as number;
    if (before < 0) this.#first[busy] = next;
    else this.#next[before] = next;
    if (next < 0) this.#last[busy] = before;
    else this.#before[next] = before;
  }

  /** One that answers the fewest; -1 where none has a free slot. */
  get least(): number {
    for (let busy = 0; busy < this.#first.length; busy += 1) {
      const replica = this.#first[busy] as number;
      if (replica >= 0) return replica;
    }
    return -1;
  }

  #grow(replica: number): void {
    const length = 2 * Math.max(this.#next.length, replica);
    const [next, before] = [new Int32Array(length), new Int32Array(length)];
    next.set(this.#next);
    before.set(this.#before);
    this.#next = next;
    this.#before = before;
  }
}
