export type { Deployment } from './deployment.ts';
export { eventSchema, type RunEvent } from './event.ts';
export { RunFolder, type RunRecord, readRun } from './folder.ts';
export { describeHost, describeSource, type Source } from './host.ts';
export { type Manifest, manifestSchema } from './manifest.ts';
export { parseJson } from './parse-json.ts';
export { replaceFile } from './replace-file.ts';
export { eventsOf, samplesOf } from './select.ts';
export { type Profile, profiles, type Settings, withLoad } from './settings.ts';
