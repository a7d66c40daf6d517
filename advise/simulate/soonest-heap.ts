/** Which of many replicas is the next, where each has one time that may change: an indexed binary heap. */
export class SoonestHeap {
  #size = 0;
  #times = new Float64Array(64);
  #replicas = new Int32Array(64);
  /** By replica: its place in the heap and 1 more; 0 where it is not there. */
  #places = new Int32Array(64);

  /** The earliest time; infinite where there is none. */
  get first(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : (this.#times[0] as number);
  }

  /** Whose time that is; meaningless where there is none. */
  get replica(): number {
    return this.#replicas[0] as number;
  }

  /** Gives a replica a time, or another one. */
  set(replica: number, time: number): void {
    if (replica >= this.#places.length || this.#size === this.#times.length) this.#grow(replica);
    let place = (this.#places[replica] as number) - 1;
    if (place < 0) place = this.#size++;
    this.#sift(place, replica, time);
  }

  /** Takes a replica out; nothing where it is not there. */
  remove(replica: number): void {
    const place = (this.#places[replica] ?? 0) - 1;
    if (place < 0) return;
    this.#places[replica] = 0;
    const last = --this.#size;
    if (place !== last) this.#sift(place, this.#replicas[last] as number, this.#times[last] as number);
  }

  /** Puts a replica where it belongs, from a place that is free. */
  #sift(from: number, replica: number, time: number): void {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if ((this.#times[parent] as number) <= time) break;
      this.#move(parent, place);
      place = parent;
    }
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && (this.#times[child + 1] as number) < (this.#times[child] as number)) child += 1;
      if ((this.#times[child] as number) >= time) break;
      this.#move(child, place);
      place = child;
    }
    this.#times[place] = time;
    this.#replicas[place] = replica;
    this.#places[replica] = place + 1;
  }

  #move(from: number, to: number): void {
    const replica = this.#replicas[from] as number;
    this.#times[to] = this.#times[from] as number;
    this.#replicas[to] = replica;
    this.#places[replica] = to + 1;
  }

  #grow(replica: number): void {
    const length = 2 * Math.max(replica, this.#times.length);
    const [times, replicas, places] = [new Float64Array(length), new Int32Array(length), new Int32Array(length)];
    times.set(this.#times);
    replicas.set(this.#replicas);
    places.set(this.#places);
    this.#times = times;
    this.#replicas = replicas;
    this.#places = places;
  }
}
