import { join } from 'node:path';
import { readText } from './read-text.ts';

const root = '/sys/fs/cgroup';

/**
 * Seconds that this process's control group was held back by its CPU limit since it was made; undefined where there is
 * no control group for CPU, or none that can be read. Version 2 tells microseconds, version 1 nanoseconds (the kernel's
 * cgroup-v2.rst and sched-bwc.rst).
 */
export function readThrottledSeconds(groups = '/proc/self/cgroup', at = root): number | undefined {
  const paths = (readText(groups) ?? '').split('\n').flatMap((line) => {
    const [, controllers = '', path = '/'] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (controllers === '') return [join(at, path), at];
    return controllers.split(',').includes('cpu') ? [join(at, controllers, path), join(at, 'cpu', path)] : [];
  });
  for (const path of paths) {
    const stat = readText(join(path, 'cpu.stat')) ?? '';
    const [, microseconds] = /^throttled_usec (\d+)$/m.exec(stat) ?? [];
    if (microseconds !== undefined) return Number(microseconds) / 1e6;
    const [, nanoseconds] = /^throttled_time (\d+)$/m.exec(stat) ?? [];
    if (nanoseconds !== undefined) return Number(nanoseconds) / 1e9;
  }
  return undefined;
}
