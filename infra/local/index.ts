export { type AutoscalerTiming, openfaasTiming, quickTiming } from './gateway/index.ts';
export type { LocalOptions, LocalPlatform, LocalTarget } from './options.ts';
export { startLocal } from './start-local.ts';
