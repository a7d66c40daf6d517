/**
 * Milliseconds before a time from which the event loop is kept spinning: its timers count whole milliseconds, and a
 * thread that is asleep has to be woken. Less misses times, more takes from the target a core that it may want.
 */
const spinMs = 1;

/**
 * Calls `onDue` with each of the times as it comes, in the clock's milliseconds, and `onEnd` after the last.
 *
 * @returns ends it early; nothing is called any more.
 */
export function pace(
  times: Iterable<number>,
  now: () => number,
  onDue: (time: number) => void,
  onEnd: () => void,
): () => void {
  const iterator = times[Symbol.iterator]();
  let next = iterator.next();
  let stopped = false;
  let waiting: NodeJS.Timeout | undefined;
  const tick = (): void => {
    for (; !stopped && !next.done && next.value <= now(); next = iterator.next()) onDue(next.value);
    if (stopped) return;
    if (next.done) {
      onEnd();
      return;
    }
    const wait = next.value - now() - spinMs;
    if (wait >= 1) waiting = setTimeout(tick, Math.floor(wait));
    else setImmediate(tick);
  };
  setImmediate(tick);
  return () => {
    stopped = true;
    clearTimeout(waiting);
  };
}
