/** Lines that are not what they should be: counted, the first of them kept, and too many of them are an error. */
export class Faults {
  readonly #mostShare: number;
  #lines = 0;
  #count = 0;
  readonly #first: string[] = [];

  constructor(mostShare: number) {
    this.#mostShare = mostShare;
  }

  /** Counts a line, wrong or not. */
  line(): void {
    this.#lines += 1;
  }

  wrong(file: string, line: number, what: string): void {
    this.#count += 1;
    if (this.#first.length < shown) this.#first.push(`${file}, line ${line}: ${what}`);
  }

  /** @throws Error when there were more than may be passed over. */
  end(): FaultReport {
    const share = this.#lines === 0 ? 0 : this.#count / this.#lines;
    if (share > this.#mostShare) {
      const percent = (value: number): string => `${Number((value * 100).toPrecision(3))} %`;
      throw new Error(
        `${this.#count} of ${this.#lines} lines (${percent(share)}) cannot be read, more than the ${percent(this.#mostShare)} that are passed over: ${this.#first.join('; ')}`,
      );
    }
    return { lines: this.#lines, passedOver: this.#count, first: this.#first };
  }
}

/** What was passed over. */
export interface FaultReport {
  lines: number;
  passedOver: number;
  /** The first few, with file and line. */
  first: readonly string[];
}

const shown = 5;
