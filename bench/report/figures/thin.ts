import type { Point } from '../../summary/index.ts';

/** So many marks are told apart at the width of a figure; a long run has more, and its page must stay small. */
export const mostMarks = { bars: 200, points: 400, dots: 200, trials: 60 };

/** At most so many of a list, evenly over it, the first and the last among them. */
export function evenly<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  const at = Array.from({ length: most }, (_, index) => Math.round((index * (items.length - 1)) / (most - 1)));
  return at.flatMap((index) => items.slice(index, index + 1));
}

/** A line in time that looks the same: of each of so many stretches the first, the lowest, the highest and the last. */
export function outline(points: readonly Point[], most: number): Point[] {
  if (points.length <= most) return [...points];
  const length = Math.ceil(points.length / Math.floor(most / 4));
  return stretches(points, length).flatMap((stretch) => {
    const byValue = stretch.toSorted((a, b) => a.value - b.value);
    const kept = new Set([stretch[0], byValue[0], byValue.at(-1), stretch.at(-1)]);
    return stretch.filter((point) => kept.has(point));
  });
}

/** A line of steps without the points that change nothing. */
export function changes(points: readonly Point[]): Point[] {
  return points.filter(
    ({ value }, index) => index === points.length - 1 || index === 0 || value !== points[index - 1]?.value,
  );
}

/** A bar over `from` to `to` seconds. */
export interface Bar {
  from: number;
  to: number;
  value: number;
}

/** Counts of each second as at most so many bars: the mean of as many seconds as one must hold, the same in all. */
export function bars(points: readonly Point[], seconds: number, most: number): Bar[] {
  const width = Math.max(1, Math.ceil(seconds / most));
  const sums = new Map<number, number>();
  for (const { seconds: at, value } of points) {
    const bar = Math.floor(at / width);
    sums.set(bar, (sums.get(bar) ?? 0) + value);
  }
  return [...sums].map(([bar, sum]) => {
    const from = bar * width;
    const to = Math.max(from + 1, Math.min(from + width, seconds));
    return { from, to, value: sum / (to - from) };
  });
}

function stretches<Item>(items: readonly Item[], length: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / length) }, (_, index) =>
    items.slice(index * length, (index + 1) * length),
  );
}
