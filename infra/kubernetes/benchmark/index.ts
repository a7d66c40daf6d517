export { Benchmark, type BenchmarkArgs } from './benchmark.ts';
