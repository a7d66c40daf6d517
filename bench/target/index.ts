export { parseTarget } from './external.ts';
export { shownUrl } from './shown-url.ts';
export { addressOf, type Part, type Target } from './target.ts';
