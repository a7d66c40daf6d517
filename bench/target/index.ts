export { parseTarget } from './external.ts';
export type { Target } from './target.ts';
