export { type AutoscalerTiming, openfaasTiming, quickTiming } from './gateway/index.ts';
export { findRouter } from './hybrid/index.ts';
export type { LocalArchitecture, LocalOptions, LocalPlatform, LocalTarget } from './options.ts';
export { startLocal } from './start-local.ts';
