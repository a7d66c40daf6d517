import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { photo, photosDir, twoColours } from '../test/pictures.ts';
import { decode } from './decode.ts';
import { MemoryBudget } from './memory-budget.ts';
import { hasSrgbProfile } from './srgb-profile.ts';

const plenty = 1_000_000;
const memory = new MemoryBudget(100_000_000);

function jpegWith(profile: 'srgb' | 'p3'): Promise<Buffer> {
  return twoColours('red', 'green').withIccProfile(profile).jpeg().toBuffer();
}

describe('hasSrgbProfile', () => {
  test('knows a JPEG that says sRGB', async () => {
    expect(hasSrgbProfile(await jpegWith('srgb'))).toBe(true);
  });

  test.skipIf(photosDir === undefined)('knows the most common profile (set PHOTOS_DIR)', async () => {
    expect(hasSrgbProfile(await photo('parrot.jpg'))).toBe(true);
  });

  test('leaves other profiles to the decoder', async () => {
    expect(hasSrgbProfile(await jpegWith('p3'))).toBe(false);
  });

  test('finds none in a picture without one', async () => {
    expect(hasSrgbProfile(await twoColours('red', 'green').jpeg().toBuffer())).toBe(false);
  });

  test('leaves a picture with two profiles to the decoder', async () => {
    const picture = await jpegWith('srgb');
    const at = picture.indexOf('ICC_PROFILE') - 4;
    const segment = picture.subarray(at, at + 2 + picture.readUInt16BE(at + 2));
    expect(hasSrgbProfile(Buffer.concat([picture.subarray(0, at), segment, picture.subarray(at)]))).toBe(false);
  });

  test('ends for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(hasSrgbProfile(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), bytes]))).toBe(false);
      }),
    );
  });
});

describe('decode', () => {
  test('gives the same pixels as when it converts by a profile that says sRGB', async () => {
    const picture = await jpegWith('srgb');
    const expected = await sharp(picture).resize(224, 224, { fit: 'fill', kernel: 'linear' }).raw().toBuffer();
    expect(Buffer.from(await decode(picture, plenty, memory)).equals(expected)).toBe(true);
  });

  test('converts other profiles', async () => {
    const picture = await jpegWith('p3');
    const expected = await sharp(picture).resize(224, 224, { fit: 'fill', kernel: 'linear' }).raw().toBuffer();
    const raw = await sharp(picture, { ignoreIcc: true })
      .resize(224, 224, { fit: 'fill', kernel: 'linear' })
      .raw()
      .toBuffer();
    expect(Buffer.from(await decode(picture, plenty, memory)).equals(expected)).toBe(true);
    expect(expected.equals(raw)).toBe(false);
  });
});
