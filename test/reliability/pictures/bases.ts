import sharp, { type Sharp } from 'sharp';

/** A whole picture, from which broken ones are made. */
export interface Base {
  name: string;
  bytes: Buffer;
}

const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 };

function plain(width = 96, height = 64): Sharp {
  return sharp({ create: { width, height, channels: 3, background: 'grey', noise } });
}

/** Some frames above each other, as sharp takes them. */
async function frames(count: number): Promise<Sharp> {
  const pixels = await plain(48, 32 * count)
    .raw()
    .toBuffer();
  return sharp(pixels, { raw: { width: 48, height: 32 * count, channels: 3, pageHeight: 32 } });
}

const clear = () => plain().ensureAlpha(0.5);

/** How a picture of each kind is made. */
const makers: Record<string, () => Sharp | Promise<Sharp>> = {
  'jpeg baseline': () => plain().jpeg(),
  'jpeg progressive': () => plain().jpeg({ progressive: true }),
  'jpeg 4:4:4': () => plain().jpeg({ chromaSubsampling: '4:4:4', quality: 100 }),
  'jpeg grey': () => plain().toColourspace('b-w').jpeg(),
  'jpeg CMYK': () => plain().toColourspace('cmyk').jpeg(),
  'jpeg CMYK progressive': () => plain().toColourspace('cmyk').jpeg({ progressive: true }),
  'jpeg Display P3': () => plain().withIccProfile('p3').jpeg(),
  'jpeg with EXIF': () =>
    plain()
      .withExif({ IFD0: { Copyright: 'x'.repeat(300) }, IFD3: { GPSLatitude: '1' } })
      .jpeg(),
  ...Object.fromEntries(
    [2, 3, 4, 5, 6, 7, 8].map((orientation) => [
      `jpeg turned by ${orientation}`,
      () => plain().withMetadata({ orientation }).jpeg(),
    ]),
  ),
  png: () => plain().png(),
  'png interlaced': () => plain().png({ progressive: true }),
  'png palette': () => plain().png({ palette: true, colours: 16 }),
  'png 16 bits': () => plain().toColourspace('rgb16').png(),
  'png 16 bits interlaced': () => plain().toColourspace('rgb16').png({ progressive: true }),
  'png grey': () => plain().toColourspace('b-w').png(),
  'png transparent': () => clear().png(),
  'png turned': () => plain().withMetadata({ orientation: 6 }).png(),
  'webp lossy': () => plain().webp(),
  'webp lossless transparent': () => clear().webp({ lossless: true }),
  'webp animated': async () => (await frames(4)).webp(),
  gif: () => plain().gif(),
  'gif animated': async () => (await frames(4)).gif(),
  'gif interlaced': () => plain().gif({ progressive: true }),
  avif: () => plain().avif({ effort: 0 }),
  'avif transparent': () => clear().avif({ effort: 0 }),
  'tiff deflate': () => plain().tiff({ compression: 'deflate' }),
  'tiff lzw': () => plain().tiff({ compression: 'lzw', predictor: 'horizontal' }),
  'tiff jpeg': () => plain().tiff({ compression: 'jpeg' }),
  'tiff tiled': () => plain().tiff({ tile: true, tileWidth: 32, tileHeight: 32 }),
  'tiff pyramid': () => plain(256, 256).tiff({ pyramid: true, tile: true }),
  'tiff CMYK': () => plain().toColourspace('cmyk').tiff({ compression: 'none' }),
  'tiff 16 bits': () => plain().toColourspace('rgb16').tiff({ compression: 'none' }),
  'tiff one bit': () => plain().toColourspace('b-w').tiff({ bitdepth: 1, compression: 'ccittfax4' }),
  'one pixel': () => plain(1, 1).png(),
  'one line': () => plain(5000, 1).png(),
  'one column': () => plain(1, 5000).jpeg(),
};

/** A picture of each kind that the service reads. */
export function makeBases(): Promise<Base[]> {
  return Promise.all(
    Object.entries(makers).map(async ([name, make]) => ({ name, bytes: await (await make()).toBuffer() })),
  );
}
