export { type Model, modelOf } from './model/index.ts';
export { adviceJson, advicePage, adviceText } from './report/index.ts';
export { type Advice, advise } from './search/index.ts';
export { type Outcome, type System, simulate } from './simulate/index.ts';
export { patternTraffic, type Traffic } from './traffic/index.ts';
export { type ReadTraffic, readTraffic } from './traffic/read/index.ts';
