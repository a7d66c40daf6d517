/** How many of its base each unit of a cell is: milliseconds, bytes, replicas or requests a second. */
const units: Record<string, number> = { ms: 1, s: 1000, kB: 1e3, MB: 1e6, GB: 1e9 };

/** Words that stand for a number. */
const words: Record<string, number> = { none: 0, 'at once': 0 };

/** What a cell is sorted by when it begins with a number, whatever follows; undefined when it does not. */
export function sortKey(cell: string): number | undefined {
  const found = /^([-−+]?)([\d,]+(?:\.\d+)?)(?: ?(ms|s|kB|MB|GB)\b)?/.exec(cell);
  if (found === null) return words[cell];
  const [, sign, digits = '', unit = ''] = found;
  const size = Number(digits.replaceAll(',', '')) * (units[unit] ?? 1);
  return sign === '-' || sign === '−' ? -size : size;
}
