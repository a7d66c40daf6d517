import { crc32 } from 'node:zlib';
import type { Random } from '../../../bench/stats/index.ts';

/** Sizes that a header may say: none, small, huge, and those at which numbers overflow. */
const sizes = [0, 1, 2, 223, 224, 7071, 16_383, 16_384, 32_767, 65_535, 65_536, 1e6, 0x7fffffff, 0xffffffff];

/** Makes a picture's header lie about its size. What is no such picture comes back as it is. */
export function lieAboutSize(picture: Buffer, random: Random): Buffer {
  const lie = Buffer.from(picture);
  const size = () => sizes[random(0, sizes.length - 1)] ?? 0;
  const format = formatOf(lie);
  if (format !== undefined) writers[format](lie, size(), size());
  return lie;
}

type Format = 'jpeg' | 'png' | 'gif' | 'webp' | 'tiff' | 'avif';

function formatOf(bytes: Buffer): Format | undefined {
  const start = bytes.toString('latin1', 0, 16);
  if (start.startsWith('\xff\xd8')) return 'jpeg';
  if (start.startsWith('\x89PNG')) return 'png';
  if (start.startsWith('GIF8')) return 'gif';
  if (start.startsWith('RIFF')) return 'webp';
  if (start.startsWith('II*\0')) return 'tiff';
  return start.slice(4, 8) === 'ftyp' ? 'avif' : undefined;
}

const writers: Record<Format, (bytes: Buffer, width: number, height: number) => void> = {
  jpeg(bytes, width, height) {
    const frame = startOfFrame(bytes);
    if (frame === undefined) return;
    bytes.writeUInt16BE(height & 0xffff, frame + 5);
    bytes.writeUInt16BE(width & 0xffff, frame + 7);
  },
  png(bytes, width, height) {
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(height, 20);
    bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  },
  gif(bytes, width, height) {
    bytes.writeUInt16LE(width & 0xffff, 6);
    bytes.writeUInt16LE(height & 0xffff, 8);
  },
  webp(bytes, width, height) {
    const extended = bytes.indexOf('VP8X', 0, 'latin1');
    const lossy = bytes.indexOf('\x9d\x01\x2a', 0, 'latin1');
    if (extended > 0) {
      bytes.writeUIntLE(width & 0xffffff, extended + 12, 3);
      bytes.writeUIntLE(height & 0xffffff, extended + 15, 3);
    } else if (lossy > 0) {
      bytes.writeUInt16LE(width & 0xffff, lossy + 3);
      bytes.writeUInt16LE(height & 0xffff, lossy + 5);
    }
  },
  tiff(bytes, width, height) {
    const directory = bytes.readUInt32LE(4);
    for (let at = directory + 2; at + 12 <= bytes.length; at += 12) {
      const tag = bytes.readUInt16LE(at);
      if (tag === 256) writeTag(bytes, at, width);
      if (tag === 257) writeTag(bytes, at, height);
    }
  },
  avif(bytes, width, height) {
    const size = bytes.indexOf('ispe', 0, 'latin1');
    if (size < 0) return;
    bytes.writeUInt32BE(width, size + 8);
    bytes.writeUInt32BE(height, size + 12);
  },
};

/** Where the segment with the size begins. */
function startOfFrame(jpeg: Buffer): number | undefined {
  for (let at = 2; at + 9 <= jpeg.length && jpeg[at] === 0xff; at += 2 + jpeg.readUInt16BE(at + 2)) {
    const type = jpeg[at + 1] ?? 0;
    if (type >= 0xc0 && type <= 0xc2) return at;
  }
  return undefined;
}

/** Makes an entry of a TIFF directory one 32-bit number. */
function writeTag(bytes: Buffer, entry: number, value: number): void {
  bytes.writeUInt16LE(4, entry + 2);
  bytes.writeUInt32LE(1, entry + 4);
  bytes.writeUInt32LE(value, entry + 8);
}
