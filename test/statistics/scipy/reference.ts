import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Estimate, seeded } from '../../../bench/stats/index.ts';
import { interleaved, machine, start } from '../simulated.ts';

/** Seeded data sets, from few and short blocks to many and long ones; blocks of `ragged` differ in size. */
export const sets = [
  { blocks: 6, requests: 5, p: 0.5 },
  { blocks: 10, requests: 15, p: 0.5 },
  { blocks: 10, requests: 15, p: 0.95 },
  { blocks: 40, requests: 15, p: 0.95 },
  { blocks: 12, requests: 80, p: 0.99 },
].map(({ p, ...size }, index) => {
  const random = seeded(index);
  const [a = [], b = []] = interleaved(start(machine, random), { ...size, slowness: [1.05, 1], warmup: 3 }, random);
  const ragged = a.map((values) => values.slice(0, random(1, values.length)));
  return { name: `${size.blocks} blocks of ${size.requests}, p = ${p}`, a, b, ragged, p };
});

/** Besides that of every figure, a lower one, and those of three and of nine comparisons that hold together. */
export const levels = [0.95, 0.8, 1 - 0.05 / 3, 1 - 0.05 / 9];

/** Counts of so many trials. */
export const shares = [
  [0, 150],
  [3, 50],
  [77, 600],
  [10, 10],
] as const;

/** A figure at each level. */
type AtLevels = Estimate[];
interface OverBlocks {
  mean: Estimate;
  quantile: Estimate;
}
interface Scatter {
  value: number;
  standardError: number;
  freedom: number;
}

/** What NumPy and SciPy make of them. A bound that SciPy does not know is null. */
export interface Reference {
  sets: {
    mean: AtLevels;
    quantile: Estimate;
    paired: AtLevels;
    /** Of the means, `a / b`. */
    pairedRatio: AtLevels;
    /** Of a's block means, and of a part of b's as if of another run. */
    scatters: [Scatter, Scatter];
    welch: Estimate;
    unpairedRatio: Estimate;
    /** Of `a`, and of `ragged`. */
    overBlocks: [OverBlocks, OverBlocks];
    bootstrap: (Estimate & { error: number })[];
  }[];
  shares: Estimate[];
}

/** @throws where SCIPY_PYTHON names no Python that has SciPy. */
export function readReference(): Reference {
  const python = process.env['SCIPY_PYTHON'];
  if (python === undefined) throw new Error('SCIPY_PYTHON names no Python: run npm run test:scipy');
  const script = fileURLToPath(new URL('reference.py', import.meta.url));
  const input = JSON.stringify({ sets, levels, shares });
  const { stdout, stderr, status } = spawnSync(python, [script], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`SciPy's side failed: ${stderr}`);
  // Python writes NaN where SciPy knows no bound.
  return JSON.parse(stdout.replaceAll('NaN', 'null'));
}
