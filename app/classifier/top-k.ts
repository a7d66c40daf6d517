import { IMAGENET_CLASSES } from '@tensorflow-models/mobilenet/dist/imagenet_classes.js';

export interface Prediction {
  /** ImageNet class, 0 to 999. */
  class: number;
  /** The first of the class's names. */
  label: string;
  /** From 0 to 1; all 1000 sum to 1. */
  probability: number;
}

/**
 * Softmax of the classes' scores, and the k likeliest of them, the likeliest first.
 * @param logits background at index 0, which is left out, then the classes.
 */
export function topK(logits: Float32Array, k: number): Prediction[] {
  const scores = logits.subarray(1);
  const ascending = scores.toSorted();
  const highest = ascending.at(-1) ?? 0;
  const leastWanted = ascending.at(-k) ?? Number.NEGATIVE_INFINITY;
  const total = scores.reduce((sum, score) => sum + Math.exp(score - highest), 0);
  const wanted: { index: number; score: number }[] = [];
  for (const [index, score] of scores.entries()) {
    if (score >= leastWanted) {
      wanted.push({ index, score });
    }
  }
  return wanted
    .sort((a, b) => b.score - a.score)
    .slice(0, k)
    .map(({ index, score }) => ({
      class: index,
      label: labelOf(index),
      probability: Math.exp(score - highest) / total,
    }));
}

function labelOf(index: number): string {
  return IMAGENET_CLASSES[index]?.split(',', 1)[0] ?? `class ${index}`;
}
