import { soakMemoryLimit } from './memory-limit.ts';

/** What a service under overload came to. */
export interface OverloadFigures {
  /** Answers with 200, a second: at its best, and under overload. */
  capacity: number;
  goodput: number;
  /** The 99th percentile of the time from when a request was due to its 503, in milliseconds. */
  refusalP99: number;
  /** From the last request of the load to the answer to a lone one, in milliseconds. */
  recoveryMs: number;
  /** Requests by what they got, where that is neither 200 nor 503. */
  others: Readonly<Record<string, number>>;
  /** The most that was held beyond what was held when ready, in bytes. */
  grown: number;
}

/** A limit beside what was measured. */
export interface Verdict {
  line: string;
  met: boolean;
}

/** Says of each limit whether it was kept: one that is missed each time must not hide another. */
export function judgeOverload({
  capacity,
  goodput,
  refusalP99,
  recoveryMs,
  others,
  grown,
}: OverloadFigures): Verdict[] {
  const share = (100 * goodput) / capacity;
  const rest = Object.entries(others).map(([outcome, count]) => `${outcome} × ${count}`);
  const verdict = (limit: string, found: string, met: boolean): Verdict => ({
    line: `${limit}: ${found}, ${met ? 'met' : 'MISSED'}`,
    met,
  });
  return [
    verdict('goodput at least 90 % of the capacity', `${share.toFixed(1)} %`, share >= 90),
    verdict('p99 of the 503s at most 200 ms', `${refusalP99.toFixed(1)} ms`, refusalP99 <= 200),
    verdict('a lone request is answered within 2000 ms', `${recoveryMs.toFixed(0)} ms`, recoveryMs <= 2000),
    verdict('nothing but 200 and 503', rest.join(', ') || 'nothing', rest.length === 0),
    verdict(
      `at most ${megabytes(soakMemoryLimit)} MB more than when ready`,
      `${megabytes(grown)} MB`,
      grown <= soakMemoryLimit,
    ),
  ];
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
