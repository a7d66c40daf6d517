import type { Draw } from '../traffic/index.ts';

/** Seconds that something takes, drawn at random. */
export type Distribution =
  | { kind: 'measured'; seconds: readonly number[] }
  | { kind: 'constant'; seconds: number }
  | { kind: 'exponential'; mean: number };

export function sampler(distribution: Distribution, draw: Draw): () => number {
  switch (distribution.kind) {
    case 'constant':
      return () => distribution.seconds;
    case 'exponential':
      return () => -Math.log(draw()) * distribution.mean;
    case 'measured': {
      const values = Float64Array.from(distribution.seconds);
      return () => values[Math.floor(draw() * values.length)] as number;
    }
  }
}

export function meanOf(distribution: Distribution): number {
  if (distribution.kind === 'constant') return distribution.seconds;
  if (distribution.kind === 'exponential') return distribution.mean;
  return distribution.seconds.reduce((sum, each) => sum + each, 0) / distribution.seconds.length;
}

/** The same with every time so many times as long. */
export function stretched(distribution: Distribution, factor: number): Distribution {
  switch (distribution.kind) {
    case 'constant':
      return { kind: 'constant', seconds: distribution.seconds * factor };
    case 'exponential':
      return { kind: 'exponential', mean: distribution.mean * factor };
    case 'measured':
      return { kind: 'measured', seconds: distribution.seconds.map((each) => each * factor) };
  }
}
