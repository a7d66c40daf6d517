export type PictureErrorCode = 'NOT_A_PICTURE' | 'BROKEN_PICTURE' | 'TOO_MANY_PIXELS';

/** The bytes cannot be classified, and why. The sender is to blame, not the service. */
export class PictureError extends Error {
  override name = 'PictureError';
  readonly code: PictureErrorCode;

  constructor(code: PictureErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
