import type { Command } from 'commander';
import { readScenarioFile } from '../bench/index.ts';
import type { RunFlags } from './run.ts';
import { asUsage } from './usage-error.ts';

/**
 * What `faceoff run` is asked to do: options that were given, then what the scenario file says, then defaults. Checks
 * of both count.
 *
 * @throws UsageError when the file cannot be read, or says something wrong.
 */
export function withFile({ file, ...flags }: RunFlags & { file?: string }, command: Command): RunFlags {
  if (file === undefined) return flags;
  const given = (option: keyof RunFlags): boolean => command.getOptionValueSource(option) === 'cli';
  const { targets, scenarios, checks, ...said } = asUsage(() =>
    readScenarioFile(file, given('profile') ? flags.profile : undefined),
  );
  const fromFile: Partial<RunFlags> = {
    ...said,
    ...(targets && { target: targets }),
    ...(scenarios && { scenario: scenarios }),
  };
  const options = Object.keys(fromFile) as (keyof RunFlags)[];
  const kept = options.filter((option) => !given(option)).map((option) => [option, fromFile[option]]);
  return { ...flags, ...Object.fromEntries(kept), failIf: [...checks, ...flags.failIf] };
}
