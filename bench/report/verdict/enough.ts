import type { Comparison } from '../../summary/index.ts';

/** Below this many pairs of blocks Student's t is wider than any difference that is worth a decision. */
const fewestPairs = 5;

/** Whether a comparison is of enough blocks to decide anything. */
export function hasEnough({ pairs }: Pick<Comparison, 'pairs'>): boolean {
  return pairs >= fewestPairs;
}
