/** Memory that is shared by those who hold some of it for a while. Who finds too little free waits in line. */
export class MemoryBudget {
  /** Bytes in all. */
  readonly total: number;
  #free: number;
  readonly #line: { bytes: number; go: () => void }[] = [];

  constructor(total: number) {
    this.total = total;
    this.#free = total;
  }

  /**
   * Holds memory until the promise that `use` returns settles.
   * @param bytes at most the total.
   */
  async hold<T>(bytes: number, use: () => Promise<T>): Promise<T> {
    if (this.#line.length > 0 || bytes > this.#free) {
      await new Promise<void>((go) => this.#line.push({ bytes, go }));
    } else {
      this.#free -= bytes;
    }
    try {
      return await use();
    } finally {
      this.#free += bytes;
      this.#admit();
    }
  }

  /** Lets those in without passing over a first one who needs much, which would wait for ever among many who need little. */
  #admit(): void {
    for (let [first] = this.#line; first !== undefined && first.bytes <= this.#free; [first] = this.#line) {
      this.#line.shift();
      this.#free -= first.bytes;
      first.go();
    }
  }
}
