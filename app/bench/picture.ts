import { readFile } from 'node:fs/promises';
import sharp from 'sharp';

/** The photo to measure with: a file, or a JPEG of about 50 kB made of soft noise. */
export function pictureFrom(file: string | undefined): Promise<Buffer> {
  return file === undefined ? softNoise() : readFile(file);
}

function softNoise(): Promise<Buffer> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 };
  return sharp({ create: { width: 512, height: 384, channels: 3, background: 'grey', noise } })
    .blur(1.2)
    .jpeg({ quality: 85 })
    .toBuffer();
}
