export { Benchmark, type BenchmarkArgs } from './benchmark.ts';
export type { BenchmarkSummary, Figure, TargetFigures } from './summary.ts';
