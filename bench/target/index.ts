export { parseTarget } from './external.ts';
export type { Part, Target } from './target.ts';
