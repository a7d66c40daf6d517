import { BackendUnavailable } from './backend/index.ts';
import { ConfigError } from './config-error.ts';
import { ModelError } from './model/index.ts';

/** The address cannot be listened on. */
export class ListenError extends Error {
  override name = 'ListenError';

  constructor(host: string, port: number, cause: unknown) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const reasons = new Map<unknown, string>([
      ['EADDRINUSE', 'it is in use. Choose another PORT, or end the process that has it'],
      ['EACCES', 'only the system may. Choose a PORT from 1024 up'],
      ['EADDRNOTAVAIL', 'this machine does not have that address. Choose another HOST'],
    ]);
    super(`PORT=${port} on HOST=${host} cannot be listened on: ${reasons.get(code) ?? cause}.`, { cause });
  }
}

/** Ends the process with what went wrong: 2 when the configuration is to be changed, 1 otherwise. */
export function exitWith(error: unknown): never {
  const explained = [ConfigError, ModelError, BackendUnavailable, ListenError].some((kind) => error instanceof kind);
  console.error(explained && error instanceof Error ? error.message : error);
  process.exit(error instanceof ConfigError ? 2 : 1);
}
