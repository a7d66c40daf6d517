export { ModelError } from './error.ts';
export type { ModelSource } from './format.ts';
export { readGraphModel } from './graph-model.ts';
export { type ResolvedModel, resolveModel, syntheticWarning } from './resolve.ts';
export { syntheticNetwork } from './synthetic.ts';
