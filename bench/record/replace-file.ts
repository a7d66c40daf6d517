import { rename, rm, writeFile } from 'node:fs/promises';

/**
 * Writes a file whole or not at all: who reads it never sees a part.
 *
 * @throws Error with the path when it cannot be written, as on a full disk; an earlier file stays as it was.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const whole = `${path}.new`;
  try {
    await writeFile(whole, text);
    await rename(whole, path);
  } catch (cause) {
    await rm(whole, { force: true }).catch(() => undefined);
    throw new Error(`${path} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
