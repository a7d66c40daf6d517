export { parseTarget } from './external.ts';
export { shownUrl } from './shown-url.ts';
export type { Part, Target } from './target.ts';
