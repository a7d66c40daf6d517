export { Hybrid, type HybridArgs } from './hybrid.ts';
