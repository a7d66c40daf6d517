import { fileURLToPath } from 'node:url';

const path = fileURLToPath(new URL('./replica.js', import.meta.url));

/** The command of the test double. Its environment may have START_MS, START_FAILS, STARTS_FILE and MARK. */
export const testDouble: readonly string[] = [process.execPath, path];
export { isAlive, until } from './until.ts';
