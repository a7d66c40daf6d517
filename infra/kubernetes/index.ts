export { makeArchitectures } from './architecture/index.ts';
export { Benchmark } from './benchmark/index.ts';
export { ClassifierImage } from './image/index.ts';
