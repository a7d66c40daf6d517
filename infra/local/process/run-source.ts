import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** The command that runs a TypeScript file of this repository, from whatever folder it is started in. */
export function runSource(path: string): string[] {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return [process.execPath, '--import', tsx, path];
}
