import { type Prices, writeReport } from '../bench/index.ts';

/** `faceoff report DIR`: the report of a run folder, made again. */
export async function report(folder: string, { prices }: { prices?: Prices }): Promise<void> {
  const { page, verdict } = await writeReport(folder, prices);
  console.log(`${verdict.sentence}\n\nReport: ${page}`);
}
