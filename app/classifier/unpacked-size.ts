import type { Metadata, Sharp } from 'sharp';
import { scan, segmentsOf } from './jpeg-segments.ts';

/** Frames of JPEGs that can be decoded line by line; those of progressive ones are 0xc2. */
const sequential = [0xc0, 0xc1];

/**
 * Memory that the decoder takes for a picture, in bytes: for most JPEGs, and for PNGs that are not interlaced, that of some
 * lines, which is told as 0; for others all of the picture at once, however small it is made afterwards.
 * @param image of that picture; it is opened when a look at its bytes does not do.
 */
export async function unpackedSize(picture: Uint8Array, image: Sharp): Promise<number> {
  if (isReadByLine(picture)) {
    return 0;
  }
  const metadata = await image.metadata();
  return metadata.width * metadata.height * bytesOfPixel(metadata);
}

/** Whether a picture is a JPEG of one scan; when each colour comes in a scan of its own, all of them are kept. */
function isReadByLine(picture: Uint8Array): boolean {
  let colours: number | undefined;
  for (const { type, content } of segmentsOf(picture)) {
    if (sequential.includes(type)) {
      colours = content[5];
    } else if (type === scan) {
      return colours !== undefined && content[0] === colours;
    }
  }
  return false;
}

/** What each pixel takes while the whole picture is unpacked, as measured or, where that depends on the picture, at most. */
function bytesOfPixel({ format, channels, depth, isProgressive }: Metadata): number {
  const samples = channels * (sampleBytes[depth] ?? 16);
  switch (format) {
    case 'jpeg':
      // Coefficients, of two bytes each.
      return 2 * channels;
    case 'png':
      return isProgressive ? samples : 0;
    case 'webp':
      return 4;
    case 'gif':
      return 5;
    case 'heif':
      return 18;
    default:
      return samples;
  }
}

const sampleBytes: Readonly<Record<string, number>> = {
  uchar: 1,
  char: 1,
  ushort: 2,
  short: 2,
  uint: 4,
  int: 4,
  float: 4,
  double: 8,
  complex: 8,
};
