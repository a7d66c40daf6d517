import { mkdir } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import {
  type Check,
  type CheckResult,
  checksTable,
  judgeRun,
  junitXml,
  parseCheck,
  type Report,
  type ReportOptions,
  refuseChange,
  refuseUnanswerable,
  replaceFile,
  scenarios,
} from '../bench/index.ts';
import { asArgument, asUsage, UsageError } from './usage-error.ts';

/** What a command is given to fail by. */
export interface CheckFlags {
  failIf: Check[];
  junit?: string;
}

/** Reads one `--fail-if` more. */
export function check(text: string, before: readonly Check[]): Check[] {
  return asArgument(() => [...before, parseCheck(text)]);
}

/**
 * Refuses checks that a run of these targets and scenarios (none means all) cannot tell, before it begins.
 *
 * @throws UsageError
 */
export function refuseChecks(flags: CheckFlags, targets: readonly string[], chosen: readonly string[]): void {
  refuseLoneJunit(flags);
  const all = scenarios.map(({ name }) => name);
  const asked = { all, chosen: chosen.length === 0 ? all : chosen };
  asUsage(() => refuseUnanswerable(flags.failIf, targets, asked), 'check: ');
}

/** Refuses checks on changes, of which a single run has none. @throws UsageError */
export function refuseChanges(flags: CheckFlags): void {
  refuseLoneJunit(flags);
  asUsage(() => flags.failIf.forEach(refuseChange), 'check: ');
}

/** @throws UsageError when a file is asked for that would say nothing. */
export function refuseLoneJunit({ failIf, junit }: CheckFlags): void {
  if (junit !== undefined && failIf.length === 0) throw new UsageError('--junit needs a --fail-if to write about');
}

/** The checks for a report, which shows what became of them; undefined without any. */
export function checksOf({ failIf }: CheckFlags): ReportOptions['checks'] {
  return failIf.length === 0 ? undefined : (summary) => checksTable(judgeRun(failIf, summary));
}

/** Judges the checks on a run, and tells. */
export async function tellChecks(flags: CheckFlags, { folder, summary }: Report & { folder: string }): Promise<void> {
  await tellResults(judgeRun(flags.failIf, summary), flags, basename(resolve(folder)));
}

/** Says what became of each check, writes the JUnit file, and sets the exit code to 1 unless all passed. */
export async function tellResults(
  results: readonly CheckResult[],
  { junit }: CheckFlags,
  suite: string,
): Promise<void> {
  for (const { check, target, run, outcome, message } of results) {
    const where = [run, target].filter((part) => part !== undefined && part !== '').join(', ');
    console.error(
      `faceoff: ${outcome === 'error' ? 'check cannot be told' : `check ${outcome}`}: fails if ${check}; ${where}: ${message}`,
    );
  }
  if (results.some(({ outcome }) => outcome !== 'passed')) process.exitCode ||= 1;
  if (junit === undefined) return;
  await mkdir(dirname(resolve(junit)), { recursive: true });
  await replaceFile(resolve(junit), junitXml(suite, results));
}
