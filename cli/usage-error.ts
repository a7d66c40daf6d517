/** The command was given what it cannot do: exit code 2. The message says what to give. */
export class UsageError extends Error {}
