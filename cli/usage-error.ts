import { InvalidArgumentError } from 'commander';

/** The command was given what it cannot do: exit code 2. The message says what to give. */
export class UsageError extends Error {}

/** What was read; an error on the way is one of usage, its message behind `prefix`. @throws UsageError */
export function asUsage<T>(read: () => T, prefix = ''): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`${prefix}${messageOf(error)}`, { cause: error });
  }
}

/** The same for the value of one option, which the command's parser names. @throws InvalidArgumentError */
export function asArgument<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new InvalidArgumentError(messageOf(error));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
