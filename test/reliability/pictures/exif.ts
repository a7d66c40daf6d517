import type { Random } from '../../../bench/stats/index.ts';

const orientation = 0x0112;

/** Puts EXIF data that is odd into a JPEG: orientations that are none, entries that point nowhere or at themselves. */
export function withOddExif(jpeg: Buffer, random: Random): Buffer {
  if (jpeg.readUInt16BE() !== 0xffd8) return jpeg;
  const odd = oddities[random(0, oddities.length - 1)] as (random: Random) => Buffer;
  const content = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), odd(random)]);
  return Buffer.concat([jpeg.subarray(0, 2), segment(0xe1, content), jpeg.subarray(2)]);
}

/** A segment of a JPEG. Content beyond what a length can say is cut. */
export function segment(type: number, content: Buffer): Buffer {
  const cut = content.subarray(0, 65_533);
  const head = Buffer.from([0xff, type, 0, 0]);
  head.writeUInt16BE(cut.length + 2, 2);
  return Buffer.concat([head, cut]);
}

const oddities: readonly ((random: Random) => Buffer)[] = [
  (random) => tiff([{ tag: orientation, type: 3, count: 1, value: random(0, 65_535) }]),
  (random) => tiff([{ tag: orientation, type: random(0, 20), count: random(0, 9), value: random(0, 9) }]),
  () => tiff([{ tag: orientation, type: 3, count: 0xffffffff, value: 0xffffffff }]),
  // The next directory is the first one again.
  () => tiff([{ tag: orientation, type: 3, count: 1, value: 6 }], 8),
  // A directory within that is the one it is in.
  () => tiff([{ tag: 0x8769, type: 4, count: 1, value: 8 }]),
  (random) => tiff([{ tag: 0x010e, type: 2, count: 60_000, value: random(0, 70_000) }]),
  (random) => tiff(Array.from({ length: random(100, 5000) }, (_, tag) => ({ tag, type: 5, count: 99, value: tag }))),
  (random) => tiff([{ tag: orientation, type: 3, count: 1, value: 6 }]).subarray(0, random(0, 25)),
  () => Buffer.alloc(65_000, 'II*\0'),
];

interface Entry {
  tag: number;
  type: number;
  count: number;
  value: number;
}

/** One directory of entries, in the form that EXIF has from TIFF. @param next where the next directory is. */
function tiff(entries: readonly Entry[], next = 0): Buffer {
  const bytes = Buffer.alloc(8 + 2 + 12 * entries.length + 4);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(entries.length, 8);
  entries.forEach(({ tag, type, count, value }, index) => {
    const at = 10 + 12 * index;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(type, at + 2);
    bytes.writeUInt32LE(count, at + 4);
    bytes.writeUInt32LE(value, at + 8);
  });
  bytes.writeUInt32LE(next, bytes.length - 4);
  return bytes;
}
