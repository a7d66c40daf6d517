/** Which of many replicas is the next, where each has one time that may change: an indexed heap of four branches. */
export class SoonestHeap {
  /** The earliest time; infinite where there is none. A field, since it is looked at more than anything else. */
  first = Number.POSITIVE_INFINITY;
  #size = 0;
  #times = new Float64Array(64);
  #replicas = new Int32Array(64);
  /** By replica: its place in the heap and 1 more; 0 where it is not there. */
  #places = new Int32Array(64);

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
    else if (last === 0) this.first = Number.POSITIVE_INFINITY;
  }

  /** Puts a replica where it belongs, from a place that is free. */
  #sift(from: number, replica: number, time: number): void {
    const times = this.#times;
    const replicas = this.#replicas;
    const places = this.#places;
    const size = this.#size;
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 2;
      const above = times[parent] as number;
      if (above <= time) break;
      times[place] = above;
      const moved = replicas[parent] as number;
      replicas[place] = moved;
      places[moved] = place + 1;
      place = parent;
    }
    for (;;) {
      const first = 4 * place + 1;
      if (first >= size) break;
      let child = first;
      let below = times[first] as number;
      const end = Math.min(first + 4, size);
      for (let other = first + 1; other < end; other += 1) {
        const its = times[other] as number;
        if (its < below) {
          child = other;
          below = its;
        }
      }
      if (below >= time) break;
      times[place] = below;
      const moved = replicas[child] as number;
      replicas[place] = moved;
      places[moved] = place + 1;
      place = child;
    }
    times[place] = time;
    replicas[place] = replica;
    places[replica] = place + 1;
    this.first = times[0] as number;
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
