export type { RunEvent } from './event.ts';
export { RunFolder, type RunRecord, readRun } from './folder.ts';
export { describeHost } from './host.ts';
export type { Manifest } from './manifest.ts';
export { type Profile, profiles, type Settings } from './settings.ts';
