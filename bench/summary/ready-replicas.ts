import type { RunEvent } from '../record/index.ts';
import type { Point } from './autoscaling.ts';

/** Ready replicas as they were read, from the last reading before a trial on, in seconds since its start. */
export function readyReplicas(events: readonly RunEvent[], { start, end }: { start: number; end: number }): Point[] {
  const readings = events.filter((event) => event.kind === 'replicas');
  const before = readings.findLast(({ time }) => time <= start);
  const during = readings.filter(({ time }) => time > start && time <= end);
  return [
    ...(before === undefined ? [] : [{ seconds: 0, value: before.ready }]),
    ...during.map(({ time, ready }) => ({ seconds: (time - start) / 1000, value: ready })),
  ];
}
