import { writeReport } from '../bench/index.ts';

/** `faceoff report DIR`: the report of a run folder, made again. */
export async function report(folder: string): Promise<void> {
  const { page, verdict } = await writeReport(folder);
  console.log(`${verdict.sentence}\n\nReport: ${page}`);
}
