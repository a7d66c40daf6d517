import { ModelError } from './error.ts';
export async function downloadModel(_: { cacheDir: string; offline: boolean }): Promise<string> {
  throw new ModelError('No model has been downloaded.');
}
