import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/** Every format that the service reads. */
export const formats = ['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const;

/** A picture of two colours: `top` above `bottom`. */
export function twoColours(top: string, bottom: string, { width = 64, height = 48 } = {}) {
  const half = { create: { width, height: height / 2, channels: 3 as const, background: bottom } };
  return sharp({ create: { width, height, channels: 3, background: top } })
    .composite([{ input: half, top: height / 2, left: 0 }])
    .removeAlpha();
}

/** A picture file in some format, with enough in it that cutting it matters. */
export function pictureIn(format: (typeof formats)[number]): Promise<Buffer> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 };
  return sharp({ create: { width: 160, height: 120, channels: 3, background: 'grey', noise } })
    .toFormat(format)
    .toBuffer();
}

/** Folder with the photos of the published table; unset, tests with real photos are skipped. */
export const photosDir = process.env['PHOTOS_DIR'];

/** Expected likeliest class of each photo. */
export const photoClasses = {
  'bird.jpg': { class: 19, label: 'chickadee' },
  'cat.jpg': { class: 285, label: 'Egyptian cat' },
  'dragonfly.jpg': { class: 319, label: 'dragonfly' },
  'grace_hopper.jpg': { class: 652, label: 'military uniform' },
  'hot_dog.jpg': { class: 934, label: 'hotdog' },
  'missvickie_potato_chips.jpg': { class: 692, label: 'packet' },
  'parrot.jpg': { class: 88, label: 'macaw' },
  'sunflower.jpg': { class: 985, label: 'daisy' },
};

export function photo(name: string): Promise<Buffer> {
  return readFile(join(photosDir ?? '.', name));
}
