/** The earliest of many times, each with a number: a binary heap in typed arrays. */
export class TimesHeap {
  /** The earliest time; infinite where there is none. A field, since it is looked at more than anything else. */
  first = Number.POSITIVE_INFINITY;
  size = 0;
  #times = new Float64Array(64);
  #values = new Int32Array(64);

  push(time: number, value: number): void {
    if (this.size === this.#times.length) this.#grow();
    const times = this.#times;
    const values = this.#values;
    let index = this.size++;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = times[parent] as number;
      if (above <= time) break;
      times[index] = above;
      values[index] = values[parent] as number;
      index = parent;
    }
    times[index] = time;
    values[index] = value;
    this.first = times[0] as number;
  }

  /** Takes the earliest away. @returns its number. */
  pop(): number {
    const times = this.#times;
    const values = this.#values;
    const top = values[0] as number;
    const size = --this.size;
    const time = times[size] as number;
    const value = values[size] as number;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= size) break;
      if (child + 1 < size && (times[child + 1] as number) < (times[child] as number)) child += 1;
      if ((times[child] as number) >= time) break;
      times[index] = times[child] as number;
      values[index] = values[child] as number;
      index = child;
    }
    times[index] = time;
    values[index] = value;
    this.first = size === 0 ? Number.POSITIVE_INFINITY : (times[0] as number);
    return top;
  }

  #grow(): void {
    const times = new Float64Array(2 * this.size);
    const values = new Int32Array(2 * this.size);
    times.set(this.#times);
    values.set(this.#values);
    this.#times = times;
    this.#values = values;
  }
}
