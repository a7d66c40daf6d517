import { readFileSync } from 'node:fs';

/** A file of /proc or of the cgroup file system; undefined where this system has none. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
