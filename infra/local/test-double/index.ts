import { fileURLToPath } from 'node:url';

const path = fileURLToPath(new URL('./replica.js', import.meta.url));

/**
 * The command of the test double. Its environment may have START_MS, START_FAILS, STARTS_FILE, MARK and RECORD, a file
 * that gets every byte sent to it.
 */
export const testDouble: readonly string[] = [process.execPath, path];
export { isAlive, until } from './until.ts';
