import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { twoColours } from '../test/pictures.ts';
import { unpackedSize } from './unpacked-size.ts';

const pixels = 64 * 48;
const sizeOf = (picture: Buffer) => unpackedSize(picture, sharp(picture));

describe('unpackedSize', () => {
  test('is nothing for a JPEG that is read line by line', async () => {
    expect(await sizeOf(await twoColours('red', 'blue').jpeg().toBuffer())).toBe(0);
  });

  test('is nothing for a PNG that is not interlaced', async () => {
    expect(await sizeOf(await twoColours('red', 'blue').png().toBuffer())).toBe(0);
  });

  test('is the coefficients of a progressive JPEG', async () => {
    expect(await sizeOf(await twoColours('red', 'blue').jpeg({ progressive: true }).toBuffer())).toBe(6 * pixels);
  });

  test('is the coefficients of a JPEG that has a scan for each colour', async () => {
    const picture = Buffer.from(await twoColours('red', 'blue').jpeg().toBuffer());
    // The first scan is told to be of one colour; its pixels are not looked at here.
    const at = picture.indexOf('ffda', 'hex');
    const header = Buffer.from('ffda0008010100003f00', 'hex');
    const split = Buffer.concat([
      picture.subarray(0, at),
      header,
      picture.subarray(at + 2 + picture.readUInt16BE(at + 2)),
    ]);
    expect(await sizeOf(split)).toBe(6 * pixels);
  });

  test('is the samples of an interlaced PNG', async () => {
    const picture = twoColours('red', 'blue').toColourspace('rgb16').png({ progressive: true });
    expect(await sizeOf(await picture.toBuffer())).toBe(6 * pixels);
  });

  test.each([
    ['webp', 4],
    ['gif', 5],
    ['avif', 18],
    ['tiff', 3],
  ] as const)('of a %s is %i bytes a pixel', async (format, bytes) => {
    expect(await sizeOf(await twoColours('red', 'blue').toFormat(format).toBuffer())).toBe(bytes * pixels);
  });

  test('takes no word for it from a frame within other segments', async () => {
    const progressive = await twoColours('red', 'blue').jpeg({ progressive: true }).toBuffer();
    // To the decoder the type 0x01 has no length, so that what seems to be its content is the next segment.
    const frame = Buffer.from('ff01ffc0000b080001000101011100', 'hex');
    const hidden = Buffer.concat([progressive.subarray(0, 2), frame, progressive.subarray(2)]);
    expect(await sizeOf(hidden).catch(() => 'refused')).not.toBe(0);
  });
});
