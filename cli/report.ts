import { type Prices, writeReport } from '../bench/index.ts';
import { type CheckFlags, checksOf, refuseChanges, tellChecks } from './checks.ts';

/** `faceoff report DIR`: the report of a run folder, made again. */
export async function report(folder: string, { prices, ...checks }: CheckFlags & { prices?: Prices }): Promise<void> {
  refuseChanges(checks);
  const made = await writeReport(folder, { prices, checks: checksOf(checks) });
  console.log(`${made.verdict.sentence}\n\nReport: ${made.page}`);
  await tellChecks(checks, { ...made, folder });
}
