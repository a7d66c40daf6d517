/** Rate of a counter over a sliding span, from readings of it: Prometheus' `rate()`, without its extrapolation. */
export class RequestRate {
  readonly #windowMs: number;
  #readings: { time: number; count: number }[] = [];

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /**
   * Takes a reading.
   *
   * @param time milliseconds of a clock that does not go back.
   * @param count what the counter shows then; it does not go back either.
   * @returns events a second over the window, which counts as empty before the first reading.
   */
  read(time: number, count: number): number {
    this.#readings.push({ time, count });
    // The newest reading from before the window stays: the window begins with its count.
    while ((this.#readings[1]?.time ?? Number.POSITIVE_INFINITY) <= time - this.#windowMs) this.#readings.shift();
    const first = this.#readings[0]?.count ?? count;
    return ((count - first) / this.#windowMs) * 1000;
  }
}
