export { parseTarget } from './external.ts';
export type { Architecture, Replicas, Resources, Target } from './target.ts';
