import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { inputLength, side } from '../backend/index.ts';
import { formats, pictureIn, twoColours } from '../test/pictures.ts';
import { decode } from './decode.ts';
import { MemoryBudget } from './memory-budget.ts';
import { PictureError } from './picture-error.ts';

const plenty = 1_000_000;
const memory = new MemoryBudget(100_000_000);

/** The decoded pixel at a row, given as a share of the height. */
async function pixelAt(row: number, picture: Buffer): Promise<number[]> {
  const pixels = await decode(picture, plenty, memory);
  const start = (Math.floor(row * side) * side + side / 2) * 3;
  return [...pixels.subarray(start, start + 3)];
}

/** Within what a lossy format may change. */
function near(red: number, green: number, blue: number) {
  return [red, green, blue].map((value) => expect.closeTo(value, -1.2));
}

describe('decode', () => {
  test('gives memory that can be moved to a worker', async () => {
    const { buffer } = await decode(await twoColours('red', 'blue').png().toBuffer(), plenty, memory);
    const moved = structuredClone(buffer, { transfer: [buffer] });
    expect([moved.byteLength, buffer.byteLength]).toEqual([inputLength, 0]);
  });

  test.each(formats)('reads %s', async (format) => {
    const picture = await twoColours('red', 'blue').toFormat(format).toBuffer();
    expect(await pixelAt(0.25, picture)).toEqual(near(255, 0, 0));
    expect(await pixelAt(0.75, picture)).toEqual(near(0, 0, 255));
  });

  test('squashes any shape to the whole square', async () => {
    const picture = await twoColours('red', 'blue', { width: 400, height: 20 }).png().toBuffer();
    expect(await pixelAt(0.02, picture)).toEqual([255, 0, 0]);
    expect(await pixelAt(0.98, picture)).toEqual([0, 0, 255]);
  });

  test('turns a picture upright as its EXIF data says', async () => {
    const picture = await twoColours('red', 'blue').withMetadata({ orientation: 3 }).jpeg().toBuffer();
    expect(await pixelAt(0.25, picture)).toEqual(near(0, 0, 255));
  });

  test('puts transparency on white', async () => {
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    const picture = await sharp({ create: { width: 8, height: 8, channels: 4, background: clear } })
      .png()
      .toBuffer();
    expect(await pixelAt(0.5, picture)).toEqual([255, 255, 255]);
  });

  test('makes RGB of grey', async () => {
    const picture = await twoColours('white', 'black').toColourspace('b-w').png().toBuffer();
    expect(await pixelAt(0.25, picture)).toEqual([255, 255, 255]);
  });

  test('makes RGB of CMYK', async () => {
    const picture = await twoColours('white', 'black').toColourspace('cmyk').jpeg().toBuffer();
    expect(await pixelAt(0.25, picture)).toEqual(near(255, 255, 255));
  });

  test('makes 8 bits of 16', async () => {
    const picture = await twoColours('red', 'blue').toColourspace('rgb16').png().toBuffer();
    expect(await pixelAt(0.25, picture)).toEqual([255, 0, 0]);
  });

  test.each(['gif', 'webp'] as const)('takes the first frame of an animated %s', async (format) => {
    const frames = await twoColours('red', 'blue', { width: 32, height: 64 }).raw().toBuffer();
    const picture = await sharp(frames, { raw: { width: 32, height: 64, channels: 3, pageHeight: 32 } })
      .toFormat(format)
      .toBuffer();
    expect((await sharp(picture).metadata()).pages).toBe(2);
    expect(await pixelAt(0.9, picture)).toEqual(near(255, 0, 0));
  });

  test('gives pixels memory of their own, so that it can move to a worker', async () => {
    const pixels = await decode(await pictureIn('jpeg'), plenty, memory);
    expect(pixels.buffer.byteLength).toBe(inputLength);
  });

  test('refuses a picture with more pixels than allowed', async () => {
    const picture = await twoColours('red', 'blue', { width: 100, height: 100 }).png().toBuffer();
    await expect(decode(picture, 9_999, memory)).rejects.toMatchObject({ code: 'TOO_MANY_PIXELS' });
    await expect(decode(picture, 10_000, memory)).resolves.toHaveLength(inputLength);
  });

  test('refuses a picture that takes more memory than there is when it is unpacked whole', async () => {
    const little = new MemoryBudget(6 * 100 * 100 - 1);
    const jpeg = (progressive: boolean) =>
      twoColours('red', 'blue', { width: 100, height: 100 }).jpeg({ progressive }).toBuffer();
    await expect(decode(await jpeg(true), plenty, little)).rejects.toMatchObject({ code: 'TOO_MANY_PIXELS' });
    await expect(decode(await jpeg(false), plenty, little)).resolves.toHaveLength(inputLength);
  });

  test('reads one after the other pictures that take too much memory together', async () => {
    const picture = await twoColours('red', 'blue', { width: 100, height: 100 }).gif().toBuffer();
    const enoughForOne = new MemoryBudget(5 * 100 * 100);
    const all = await Promise.all(Array.from({ length: 3 }, () => decode(picture, plenty, enoughForOne)));
    expect(all.map(({ length }) => length)).toEqual([inputLength, inputLength, inputLength]);
  });

  test.each([
    ['text', 'hello, world'],
    ['JSON', '{"picture": 1}'],
    ['SVG, which is a program rather than pixels', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
    ['PDF', '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n'],
  ])('says that %s is not a picture', async (_, text) => {
    await expect(decode(Buffer.from(text), plenty, memory)).rejects.toMatchObject({ code: 'NOT_A_PICTURE' });
  });

  test.each(formats)('says that a %s cut in half is broken', async (format) => {
    const picture = await pictureIn(format);
    const half = picture.subarray(0, picture.length / 2);
    await expect(decode(half, plenty, memory)).rejects.toMatchObject({ code: 'BROKEN_PICTURE' });
  });

  test('gives pixels or a PictureError for any damage', async () => {
    const pictures = Object.fromEntries(await Promise.all(formats.map(async (name) => [name, await pictureIn(name)])));
    const damage = fc.record({
      format: fc.constantFrom(...formats),
      flips: fc.array(
        fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), bit: fc.integer({ min: 0, max: 7 }) }),
      ),
      keep: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ format, flips, keep }) => {
        const damaged = Buffer.from(pictures[format]);
        for (const { at, bit } of flips) {
          const index = Math.min(Math.floor(at * damaged.length), damaged.length - 1);
          damaged[index] = (damaged[index] ?? 0) ^ (1 << bit);
        }
        const outcome = await decode(damaged.subarray(0, Math.ceil(keep * damaged.length)), plenty, memory).then(
          ({ length }) => length,
          (error: unknown) => error,
        );
        expect(outcome === inputLength || outcome instanceof PictureError).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

test('pixels that have moved to a worker leave no memory behind', { timeout: 60_000 }, async () => {
  const worker = new Worker('require("node:worker_threads").parentPort.on("message", () => undefined)', { eval: true });
  const send = async (pictures: number): Promise<number> => {
    for (let picture = 0; picture < pictures; picture += 1) {
      const { buffer } = await decode(small, plenty, memory);
      worker.postMessage(buffer, [buffer]);
    }
    return process.memoryUsage.rss();
  };
  const small = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const before = await send(500);
  const after = await send(1000);
  await worker.terminate();
  // What moved then is 150 MB; garbage that waits to be collected is a part of it.
  expect(after - before).toBeLessThan(75e6);
});
