/** Side of the square picture that a network sees, in pixels. */
export const side = 224;

/** Numbers in a network's input: RGB, NHWC. */
export const inputLength = side * side * 3;

/** Scores a network gives: background, then the 1000 ImageNet classes. */
export const logitCount = 1001;

/** A loaded network. */
export interface Network {
  /**
   * Runs one picture, keeping its thread busy meanwhile.
   * @param input float32 [1, 224, 224, 3] in a row, RGB from 0 to 1; it may be reused once the answer is there.
   * @returns float32 [1, 1001], unnormalised; index 0 is background.
   */
  infer(input: Float32Array): Promise<Float32Array>;
}

/** A backend's library is not installed, or does not work on this machine. Another backend may. */
export class BackendUnavailable extends Error {
  override name = 'BackendUnavailable';
}

/** The first line of whatever was thrown. */
export function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? '';
}
