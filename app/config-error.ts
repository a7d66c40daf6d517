/** A variable of the environment holds what it may not. The message names it, its value, and what is allowed. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}
