import type { Measured } from './measure.ts';

/** Ends a command with what its run found; the exit code is 1 when a target or the run failed. */
export function tell({ page, summary, verdict, error }: Measured): void {
  if (error !== undefined) console.error(`faceoff: ${error}`);
  if (error !== undefined || summary.targets.some(({ failed }) => failed)) process.exitCode ||= 1;
  console.log(`\n${verdict.sentence}`);
  for (const caution of [...verdict.doubts, ...verdict.cautions]) console.log(`  ! ${caution}`);
  console.log(`\nReport: ${page}`);
}
