import { sharedCounts, type Traffic } from '../traffic.ts';

const chunkSlots = 3600;
const mostDays = 400;

/** Requests by slot, in any order, wherever in time they are. */
export class SlotCounts {
  readonly #slotSeconds: number;
  readonly #chunks = new Map<number, Uint32Array>();

  constructor(slotSeconds: number) {
    this.#slotSeconds = slotSeconds;
  }

  /** @param at seconds since 1970, or from any other start. */
  add(at: number, count: number): void {
    const slot = Math.floor(at / this.#slotSeconds);
    const key = Math.floor(slot / chunkSlots);
    let chunk = this.#chunks.get(key);
    if (chunk === undefined) {
      chunk = new Uint32Array(chunkSlots);
      this.#chunks.set(key, chunk);
    }
    const index = slot - key * chunkSlots;
    chunk[index] = (chunk[index] ?? 0) + count;
  }

  /** From the first slot with a request to the last. @throws Error when there is none, or they lie too far apart. */
  traffic(source: string): Traffic {
    const keys = [...this.#chunks.keys()].sort((a, b) => a - b);
    const first = keys[0];
    const last = keys.at(-1);
    if (first === undefined || last === undefined) throw new Error(`${source} holds no request`);
    const days = ((last - first) * chunkSlots * this.#slotSeconds) / 86_400;
    if (days > mostDays)
      throw new Error(`${source} spans ${Math.round(days)} days: ${mostDays} are the most; is a time wrong?`);
    const all = new Uint32Array((last - first + 1) * chunkSlots);
    for (const [key, chunk] of this.#chunks) all.set(chunk, (key - first) * chunkSlots);
    const from = all.findIndex((count) => count > 0);
    const until = all.findLastIndex((count) => count > 0) + 1;
    if (from < 0) throw new Error(`${source} holds no request`);
    return {
      source,
      slotSeconds: this.#slotSeconds,
      counts: sharedCounts(all.subarray(from, until)),
      placing: 'random',
    };
  }
}
