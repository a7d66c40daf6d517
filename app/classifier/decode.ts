import sharp from 'sharp';
import { inputLength, side } from '../backend/index.ts';
import type { MemoryBudget } from './memory-budget.ts';
import { PictureError } from './picture-error.ts';
import { startsLikePicture } from './signature.ts';
import { hasSrgbProfile } from './srgb-profile.ts';
import { unpackedSize } from './unpacked-size.ts';

// Only the formats that the service promises: the library knows more, and each is code that meets strangers' bytes.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff'].map((loader) => `VipsForeignLoad${loader}`),
});
// No picture comes twice, and pictures are decoded side by side rather than each by many threads.
sharp.cache(false);
sharp.concurrency(1);

/**
 * Decodes a picture (JPEG, PNG, WebP, GIF, AVIF, TIFF) off the event loop, and squashes it to what a network sees: turned upright
 * as its EXIF data says, transparency on white, the first frame of several.
 * @param memory for pictures that are unpacked whole: those that need more of it than is free wait for it.
 * @returns RGB bytes, 224 x 224, in memory of their own.
 * @throws {PictureError}
 */
export async function decode(
  picture: Uint8Array,
  maxPixels: number,
  memory: MemoryBudget,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const ignoreIcc = hasSrgbProfile(picture);
    const image = sharp(picture, {
      limitInputPixels: maxPixels,
      sequentialRead: true,
      failOn: 'error',
      ignoreIcc,
    });
    const needed = await unpackedSize(picture, image);
    if (needed > memory.total) {
      throw tooLarge(needed, memory.total);
    }
    const pixels = await memory.hold(needed, () =>
      image
        .autoOrient()
        // What Python's libraries call bilinear, in which such networks are trained and served: the same pixels, at less
        // cost than Lanczos.
        .resize(side, side, { fit: 'fill', kernel: 'linear' })
        .flatten({ background: 'white' })
        .toColourspace('srgb')
        .raw()
        .toBuffer(),
    );
    if (pixels.length !== inputLength) {
      throw new Error(`${pixels.length} bytes of pixels instead of ${inputLength}`);
    }
    // A copy: memory that belongs to the library is never freed once it has moved to a worker, and Node 22 moves none.
    return new Uint8Array(pixels);
  } catch (error) {
    throw explain(error as Error, picture, maxPixels);
  }
}

function tooLarge(needed: number, most: number): PictureError {
  return new PictureError(
    'TOO_MANY_PIXELS',
    `This picture cannot be read line by line, and takes ${needed} bytes unpacked, of at most ${most}. Send fewer pixels, or a JPEG that is not progressive.`,
  );
}

function explain(error: Error, picture: Uint8Array, maxPixels: number): PictureError {
  if (error instanceof PictureError) {
    return error;
  }
  if (/exceeds pixel limit/.test(error.message)) {
    return new PictureError('TOO_MANY_PIXELS', `A picture may have at most ${maxPixels} pixels.`, { cause: error });
  }
  if (/unsupported image format/.test(error.message) && !startsLikePicture(picture)) {
    return new PictureError('NOT_A_PICTURE', 'Send a JPEG, PNG, WebP, GIF, AVIF or TIFF picture.', { cause: error });
  }
  return new PictureError('BROKEN_PICTURE', 'The picture is truncated or damaged.', { cause: error });
}
