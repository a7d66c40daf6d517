/** First in, first out: numbers in a ring that grows. */
export class Ring {
  size = 0;
  #values = new Float64Array(64);
  #head = 0;

  get first(): number {
    return this.size === 0 ? Number.NaN : (this.#values[this.#head] as number);
  }

  push(value: number): void {
    if (this.size === this.#values.length) this.#grow();
    this.#values[(this.#head + this.size) & (this.#values.length - 1)] = value;
    this.size += 1;
  }

  shift(): number {
    const value = this.#values[this.#head] as number;
    this.#head = (this.#head + 1) & (this.#values.length - 1);
    this.size -= 1;
    return value;
  }

  /** Takes away what came last. */
  pop(): number {
    this.size -= 1;
    return this.#values[(this.#head + this.size) & (this.#values.length - 1)] as number;
  }

  #grow(): void {
    const length = this.#values.length;
    const values = new Float64Array(2 * length);
    for (let index = 0; index < length; index += 1) {
      values[index] = this.#values[(this.#head + index) & (length - 1)] as number;
    }
    this.#values = values;
    this.#head = 0;
  }
}
