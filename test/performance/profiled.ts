import { join } from 'node:path';

/**
 * Options of Node with which perf sees its own code: names for compiled JavaScript, and stacks through what is interpreted.
 *
 * @param folder gets a log of each of V8's isolates, which these options have it write.
 */
export function profiledOptions(folder: string): string[] {
  return ['--perf-basic-prof', '--interpreted-frames-native-stack', `--logfile=${join(folder, 'v8.log')}`];
}
