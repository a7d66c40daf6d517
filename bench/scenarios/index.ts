export { readScenarioFile, type ScenarioFile } from './read-file.ts';
