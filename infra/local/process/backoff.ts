/** A process that lived this long was well: what ended it is new. */
const healthyLifeMs = 10_000;
const firstDelayMs = 250;
const longestDelayMs = 10_000;

/**
 * How long to wait before the next start of a process that ended: nothing after a long life, then twice as long each
 * time it ends soon after its start.
 */
export class Backoff {
  #next = firstDelayMs;

  /** @returns milliseconds, for a process that ended `livedMs` after it became ready (0 when it never did). */
  after(livedMs: number): number {
    if (livedMs >= healthyLifeMs) {
      this.reset();
      return 0;
    }
    const delay = this.#next;
    this.#next = Math.min(delay * 2, longestDelayMs);
    return delay;
  }

  reset(): void {
    this.#next = firstDelayMs;
  }
}
