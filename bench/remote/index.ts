export { type MirroredRun, mirrorRun } from './mirror.ts';
export { ServedRun } from './serve.ts';
