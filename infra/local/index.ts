export { type AutoscalerTiming, openfaasTiming, quickTiming } from './gateway/index.ts';
export { findRouter } from './hybrid/index.ts';
export {
  hybridInFlight,
  type LocalArchitecture,
  type LocalOptions,
  type LocalPlatform,
  type LocalTarget,
} from './options.ts';
export { startLocal } from './start-local.ts';
