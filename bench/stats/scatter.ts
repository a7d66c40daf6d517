import type { BlockFigure } from './block-figure.ts';
import { mean, studentT } from './interval.ts';
import { drawBlocks, seeded } from './random.ts';

/** A figure, how far it would scatter if the blocks were measured again, and the degrees of freedom behind that. */
export interface Scatter {
  value: number;
  standardError: number;
  freedom: number;
}

/** How often the blocks are drawn; the standard error is then known to about 4 %. */
const draws = 400;

/**
 * The scatter of a figure over its blocks, by the bootstrap: whole blocks are drawn with replacement, so samples that
 * hang together stay together. Draws of n blocks scatter by (n - 1) / n too little, which is put right. One block alone
 * tells nothing: the error is infinite. What all blocks share is no part of their scatter, and comes on top.
 */
export function scatterOf(figure: BlockFigure): Scatter {
  const n = figure.blocks;
  const value = figure.of(Array(n).fill(1));
  if (n < 2) return { value, standardError: Number.POSITIVE_INFINITY, freedom: 1 };
  // One seed for all: the same data gives the same interval.
  const random = seeded(1);
  const drawn = Array.from({ length: draws }, () => figure.of(drawBlocks(n, random))).filter(Number.isFinite);
  const centre = mean(drawn);
  const variance = mean(drawn.map((each) => (each - centre) ** 2));
  const shared = (figure.sharedError ?? 0) / studentT(n - 1);
  return { value, standardError: Math.hypot(Math.sqrt((variance * n) / (n - 1)), shared), freedom: n - 1 };
}
