/** A model cannot be had: a file is missing or damaged, or a download failed. The message says what to change. */
export class ModelError extends Error {
  override name = 'ModelError';
}
