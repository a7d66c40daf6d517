import { type Holding, holdingOf } from './processes.ts';

/** What one process held, moment by moment. */
export interface Series {
  name: string;
  /** In the order of time. */
  holdings: Holding[];
}

/** Reads what processes hold, again and again, until aborted. @param periodMs from one reading to the next. */
export async function watch(pids: Readonly<Record<string, number>>, periodMs: number, signal: AbortSignal) {
  const series = Object.entries(pids).map(([name, pid]): Series & { pid: number } => ({ name, pid, holdings: [] }));
  const read = () => {
    for (const { pid, holdings } of series) {
      const holding = holdingOf(pid);
      if (holding !== undefined) holdings.push(holding);
    }
  };
  read();
  const timer = setInterval(read, periodMs);
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  clearInterval(timer);
  return series;
}

/** A process's median holding in the second and in the last quarter of the time: the first warms it up. */
export interface Trend {
  name: string;
  early: Holding;
  late: Holding;
  /** Whether it holds no more in the end than a garbage collector's habits explain. */
  flat: boolean;
}

/** No leak in a soak of half an hour is smaller than these, and noise is. */
const residentShare = 1.2;
const residentBytes = 30e6;
const moreHandles = 10;

export function trendOf({ name, holdings }: Series): Trend {
  const quarter = (index: number) =>
    holdings.slice(Math.floor((holdings.length * index) / 4), Math.ceil((holdings.length * (index + 1)) / 4));
  const [early, late] = [medianOf(quarter(1)), medianOf(quarter(3))];
  const resident = late.resident <= Math.max(early.resident * residentShare, early.resident + residentBytes);
  return { name, early, late, flat: resident && late.handles <= early.handles + moreHandles };
}

function medianOf(holdings: readonly Holding[]): Holding {
  const middle = (figure: keyof Holding) =>
    holdings.map((holding) => holding[figure]).toSorted((a, b) => a - b)[Math.floor(holdings.length / 2)] ?? 0;
  return { resident: middle('resident'), handles: middle('handles') };
}
