import { type Draw, drawFrom } from './draw.ts';
import type { Traffic } from './traffic.ts';

/** The times of requests, in order, a chunk at a time: however many there are, the memory is that of one slot. */
export class ArrivalStream {
  readonly #traffic: Traffic;
  readonly #draw: Draw;
  #slot = 0;
  #pending: Float64Array = new Float64Array(0);
  #from = 0;
  #until = 0;

  /** The same traffic and seed give the same times. */
  constructor(traffic: Traffic, seed: number) {
    this.#traffic = traffic;
    this.#draw = drawFrom(seed);
    if (traffic.times !== undefined) {
      this.#pending = traffic.times;
      this.#until = traffic.times.length;
      this.#slot = traffic.counts.length;
    }
  }

  /** Fills the chunk with seconds from the start. @returns how many; 0 at the end. */
  next(chunk: Float64Array): number {
    let filled = 0;
    while (filled < chunk.length) {
      if (this.#from === this.#until && !this.#nextSlot()) break;
      const taken = Math.min(chunk.length - filled, this.#until - this.#from);
      chunk.set(this.#pending.subarray(this.#from, this.#from + taken), filled);
      this.#from += taken;
      filled += taken;
    }
    return filled;
  }

  #nextSlot(): boolean {
    const { counts, slotSeconds, placing } = this.#traffic;
    while (this.#slot < counts.length && counts[this.#slot] === 0) this.#slot += 1;
    const count = counts[this.#slot];
    if (count === undefined) return false;
    if (this.#pending.length < count) this.#pending = new Float64Array(2 * count);
    const start = this.#slot * slotSeconds;
    if (placing === 'even') this.#even(start, count, slotSeconds);
    else this.#atRandom(start, count, slotSeconds);
    this.#slot += 1;
    this.#from = 0;
    this.#until = count;
    return true;
  }

  #even(start: number, count: number, seconds: number): void {
    for (let index = 0; index < count; index += 1) this.#pending[index] = start + (index * seconds) / count;
  }

  /** In order, independent and uniform: exponential distances, scaled to the slot. */
  #atRandom(start: number, count: number, seconds: number): void {
    let sum = 0;
    for (let index = 0; index < count; index += 1) {
      sum -= Math.log(this.#draw());
      this.#pending[index] = sum;
    }
    const scale = seconds / (sum - Math.log(this.#draw()));
    for (let index = 0; index < count; index += 1) this.#pending[index] = start + (this.#pending[index] ?? 0) * scale;
  }
}
