import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { segment } from './exif.ts';
import { chunk, type Head, png } from './png.ts';

/** As many pixels as the service reads by default, and a few more. */
const atLimit = { width: 8000, height: 6250 };
const overLimit = { width: 8000, height: 6251 };

/** Small files that are large once they are unpacked, or take long to be. Each is made when it is asked for. */
export const bombs: Readonly<Record<string, () => Promise<Buffer> | Buffer>> = {
  'PNG at the limit': () => emptyPng({ ...atLimit, depth: 8, colour: 2, interlaced: false }),
  'PNG at the limit, interlaced': () => emptyPng({ ...atLimit, depth: 8, colour: 2, interlaced: true }),
  'PNG at the limit, interlaced, 16 bits, transparent': () =>
    emptyPng({ ...atLimit, depth: 16, colour: 6, interlaced: true }),
  'PNG at the limit, 16 bits, transparent': () => emptyPng({ ...atLimit, depth: 16, colour: 6, interlaced: false }),
  'PNG over the limit': () => emptyPng({ ...overLimit, depth: 1, colour: 0, interlaced: false }),
  'PNG with the largest size': () =>
    png({ width: 0x7fffffff, height: 0x7fffffff, depth: 8, colour: 6, interlaced: true }, zeros(1000)),
  'PNG of no pixels': () => png({ width: 0, height: 0, depth: 8, colour: 2, interlaced: false }, zeros(0)),
  'PNG with more pixels than it says': () =>
    png({ width: 16, height: 16, depth: 8, colour: 2, interlaced: false }, zeros(100e6)),
  'PNG with a profile that grows': () => smallPng(chunk('iCCP', packed(Buffer.from('x\0\0', 'latin1'), 100e6))),
  'PNG with a text that grows': () => smallPng(chunk('zTXt', packed(Buffer.from('x\0\0', 'latin1'), 100e6))),
  'PNG with very many chunks': () => smallPng(...Array.from({ length: 50_000 }, () => chunk('tEXt', text))),
  'JPEG at the limit': () => large().jpeg().toBuffer(),
  'JPEG at the limit, progressive': () => large().jpeg({ progressive: true }).toBuffer(),
  'JPEG at the limit, progressive, 4:4:4': () =>
    large().jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
  'JPEG at the limit, progressive, CMYK': () =>
    large().toColourspace('cmyk').jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
  'JPEG at the limit, turned': () => large().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
  'JPEG of very many scans': () => manyScans(2000),
  'JPEG of very many segments': async () => {
    const jpeg = await small().jpeg().toBuffer();
    const segments = Array.from({ length: 100_000 }, () => segment(0xe1, text));
    return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
  },
  'WebP at the limit': () => large().webp().toBuffer(),
  'WebP at the limit, lossless, transparent': () => large().ensureAlpha(0.5).webp({ lossless: true }).toBuffer(),
  'GIF at the limit': () => large().gif().toBuffer(),
  'GIF with a thousand frames': () => animated(1000),
  'AVIF of 12 million pixels': () => large({ width: 4000, height: 3000 }).avif({ effort: 0 }).toBuffer(),
  'AVIF at the limit': () => large().avif({ effort: 0 }).toBuffer(),
  'TIFF at the limit': () => large().tiff({ compression: 'deflate' }).toBuffer(),
  'TIFF at the limit, 16 bits': () => large().toColourspace('rgb16').tiff({ compression: 'deflate' }).toBuffer(),
  'TIFF of a strip that grows': () => tiffOfOneStrip(100e6),
  'zip that grows': () => zip(300e6),
  'gzip that grows': () => gzipSync(Buffer.alloc(300e6)),
  'SVG with entities that grow': () => Buffer.from(growingSvg),
};

const text = Buffer.from('x\0y', 'latin1');

function small() {
  return sharp({ create: { width: 32, height: 32, channels: 3, background: 'teal' } });
}

function large(size = atLimit) {
  return sharp({ create: { ...size, channels: 3, background: 'teal' } });
}

/** A PNG's pixels, all zero, before they are unpacked. */
function zeros(length: number): Buffer {
  return chunk('IDAT', deflateSync(Buffer.alloc(length)));
}

function emptyPng(head: Head): Buffer {
  const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[head.colour] ?? 1;
  const line = Math.ceil((head.width * channels * head.depth) / 8) + 1;
  // Interlaced ones have more lines, each with a byte of its own.
  return png(head, zeros(line * head.height + 2 * head.height));
}

function smallPng(...chunks: readonly Buffer[]): Buffer {
  return png({ width: 16, height: 16, depth: 8, colour: 2, interlaced: false }, ...chunks, zeros(16 * (16 * 3 + 1)));
}

function packed(before: Buffer, length: number): Buffer {
  return Buffer.concat([before, deflateSync(Buffer.alloc(length))]);
}

/** A progressive JPEG whose last scan comes again and again: each is a pass over all of the picture. */
async function manyScans(count: number): Promise<Buffer> {
  const jpeg = await large({ width: 3000, height: 3000 }).jpeg({ progressive: true }).toBuffer();
  const last = jpeg.lastIndexOf('\xff\xda', undefined, 'latin1');
  const scan = jpeg.subarray(last, jpeg.length - 2);
  const room = Math.floor(9e6 / scan.length);
  return Buffer.concat([jpeg.subarray(0, last), ...Array(Math.min(count, room)).fill(scan), jpeg.subarray(-2)]);
}

async function animated(frames: number): Promise<Buffer> {
  const [width, height] = [64, 64];
  const pixels = Buffer.alloc(width * height * frames * 3);
  for (let frame = 0; frame < frames; frame += 1) pixels.fill(frame & 0xff, frame * width * height * 3);
  return sharp(pixels, { raw: { width, height: height * frames, channels: 3, pageHeight: height } })
    .gif()
    .toBuffer();
}

/** A TIFF of one strip that says how many bytes it has once unpacked. */
function tiffOfOneStrip(length: number): Buffer {
  const strip = deflateSync(Buffer.alloc(length));
  const [width, height] = [10_000, Math.floor(length / 30_000)];
  const entries: [tag: number, value: number][] = [
    ...([
      [256, width],
      [257, height],
      [258, 8],
      [259, 8],
      [262, 2],
    ] as [number, number][]),
    ...([
      [273, 8 + 2 + 10 * 12 + 4],
      [277, 3],
      [278, height],
      [279, strip.length],
      [284, 1],
    ] as [number, number][]),
  ];
  const head = Buffer.alloc(8 + 2 + 12 * entries.length + 4);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(entries.length, 8);
  entries.forEach(([tag, value], index) => {
    const at = 10 + 12 * index;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(4, at + 2);
    head.writeUInt32LE(1, at + 4);
    head.writeUInt32LE(value, at + 8);
  });
  return Buffer.concat([head, strip]);
}

function zip(length: number): Buffer {
  const content = deflateRawSync(Buffer.alloc(length));
  const head = Buffer.alloc(31);
  head.write('PK\x03\x04', 'latin1');
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(content.length, 18);
  head.writeUInt32LE(length, 22);
  head.writeUInt16LE(1, 26);
  head.write('x', 30, 'latin1');
  return Buffer.concat([head, content]);
}

const growingSvg = `<!DOCTYPE svg [<!ENTITY a "${'a'.repeat(1000)}">${'bcdefgh'
  .split('')
  .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefg'[index]};`.repeat(10)}">`)
  .join('')}]><svg xmlns="http://www.w3.org/2000/svg"><text>&h;</text></svg>`;
