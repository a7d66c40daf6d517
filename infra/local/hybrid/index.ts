export { findRouter } from './find-router.ts';
export { Hybrid, type HybridOptions } from './hybrid.ts';
