export { ModelError } from './error.ts';
export type { ModelSource } from './format.ts';
export { type ResolvedModel, resolveModel, syntheticWarning } from './resolve.ts';
