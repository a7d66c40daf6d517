import type { Command } from 'commander';
import { readScenarioFile } from '../bench/index.ts';
import type { CheckFlags } from './checks.ts';
import type { RunFlags } from './run.ts';
import { asUsage } from './usage-error.ts';

/** What a scenario file can say besides checks; each also as an option. */
type Said = Partial<Omit<RunFlags, keyof CheckFlags>>;

/**
 * What is asked for: options that were given, then what the scenario file says, then defaults. Checks of both count.
 *
 * @throws UsageError when the file cannot be read, or says something wrong.
 */
export function withFile<F extends Said & CheckFlags>({ file, ...flags }: F & { file?: string }, command: Command) {
  if (file === undefined) return flags;
  const given = (option: keyof Said): boolean => command.getOptionValueSource(option) === 'cli';
  const { targets, scenarios, checks, ...said } = asUsage(() =>
    readScenarioFile(file, given('profile') ? flags.profile : undefined),
  );
  const fromFile: Said = {
    ...said,
    ...(targets && { target: targets }),
    ...(scenarios && { scenario: scenarios }),
  };
  const options = Object.keys(fromFile) as (keyof Said)[];
  const kept = options.filter((option) => !given(option)).map((option) => [option, fromFile[option]]);
  return { ...flags, ...Object.fromEntries(kept), failIf: [...checks, ...flags.failIf] };
}
