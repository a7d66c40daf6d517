export { type Probe, probeOf } from './probe.ts';
export { rateOf, stepOf } from './rates.ts';
export { type Conclusion, conclude, nextStep, type Outcome, type Tried } from './search.ts';
export { searchSettings } from './settings.ts';
