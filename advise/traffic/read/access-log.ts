import type { Faults } from './faults.ts';
import { linesOf } from './open.ts';
import type { SlotCounts } from './slot-counts.ts';

/** Common Log Format, with whatever Combined and its descendants put behind it. */
const line =
  /^\S+ \S+ .*?\[(\d\d)\/(\w{3})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)\] "(?:[^"\\]|\\.)*" \d{3} (?:\d+|-)(?: |$)/;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Seconds since 1970 of a line's request; undefined where it is no line of an access log. */
export function accessTime(text: string): number | undefined {
  const [, day, name, year, hour, minute, second, sign, zoneHours, zoneMinutes] = line.exec(text) ?? [];
  const month = months.indexOf(name ?? '');
  if (month < 0) return undefined;
  const [d, h, m, s] = [Number(day), Number(hour), Number(minute), Number(second)];
  const local = Date.UTC(Number(year), month, d, h, m, s) / 1000;
  // A leap second is the next one; any other time that is none is refused.
  if (h > 23 || m > 59 || s > 60 || new Date(Date.UTC(Number(year), month, d)).getUTCDate() !== d) return undefined;
  const zone = (sign === '-' ? -1 : 1) * (Number(zoneHours) * 3600 + Number(zoneMinutes) * 60);
  return local - zone;
}

/** Counts the requests of a log, one a line. */
export async function readAccessLog(path: string, counts: SlotCounts, faults: Faults): Promise<void> {
  let number = 0;
  for await (const text of linesOf(path)) {
    number += 1;
    if (text === '') continue;
    faults.line();
    const at = accessTime(text);
    if (at === undefined) faults.wrong(path, number, 'no line of an access log (Common or Combined)');
    else counts.add(at, 1);
  }
}
