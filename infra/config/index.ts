export { checkConfig } from './check.ts';
export { ConfigFault } from './fault.ts';
export { type Registry, readStackConfig, type StackConfig } from './read.ts';
export { configKeys, type Key } from './schema.ts';
