import type { Random } from '../../../bench/stats/index.ts';
import { segment, withOddExif } from './exif.ts';
import { lieAboutSize } from './lies.ts';

/** Changes a picture. @param other another one, to take parts from. */
type Mutation = (picture: Buffer, random: Random, other: Buffer) => Buffer;

function stretch({ length }: Buffer, random: Random): [start: number, end: number] {
  const [a, b] = [random(0, length), random(0, length)];
  return a < b ? [a, b] : [b, a];
}

function randomBytes(length: number, random: Random): Buffer {
  return Buffer.from(Array.from({ length }, () => random(0, 255)));
}

/** A stored zip entry, whose directory at its end is what programs look for first. */
const zip = Buffer.from(
  '504b03040a00000000000000210000000000000000000000000001000000615' +
    '04b01021e030a000000000000002100000000000000000000000000010000000000000000000000a48100000000615' +
    '04b0506000000000100010030000000210000000000',
  'hex',
);
const html = Buffer.from('<html><script>alert(1)</script></html>');

/** Every way in which a picture is broken, by what it is called. */
export const mutations: Readonly<Record<string, Mutation>> = {
  intact: (picture) => picture,
  'bits flipped': (picture, random) => {
    const flipped = Buffer.from(picture);
    for (let flips = random(1, 64); flips > 0; flips -= 1) {
      const at = random(0, flipped.length - 1);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << random(0, 7));
    }
    return flipped;
  },
  'bits of the header flipped': (picture, random) => {
    const flipped = Buffer.from(picture);
    for (let flips = random(1, 8); flips > 0; flips -= 1) {
      const at = random(0, Math.min(flipped.length, 200) - 1);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << random(0, 7));
    }
    return flipped;
  },
  'cut short': (picture, random) => picture.subarray(0, random(1, picture.length)),
  'without its start': (picture, random) => picture.subarray(random(1, picture.length - 1)),
  'a part removed': (picture, random) => {
    const [start, end] = stretch(picture, random);
    return Buffer.concat([picture.subarray(0, start), picture.subarray(end), Buffer.from([0])]);
  },
  'a part twice': (picture, random) => {
    const [start, end] = stretch(picture, random);
    return Buffer.concat([picture.subarray(0, end), picture.subarray(start)]);
  },
  'a part all one byte': (picture, random) => {
    const [start, end] = stretch(picture, random);
    return Buffer.from(picture).fill([0, 0xff, 0x7f, random(0, 255)][random(0, 3)] ?? 0, start, end);
  },
  'random bytes within': (picture, random) => {
    const at = random(0, picture.length);
    return Buffer.concat([picture.subarray(0, at), randomBytes(random(1, 100), random), picture.subarray(at)]);
  },
  'a part of another': (picture, random, other) => {
    const [start, end] = stretch(other, random);
    return Buffer.concat([picture.subarray(0, random(1, picture.length)), other.subarray(start, end)]);
  },
  'a header that lies': (picture, random) => lieAboutSize(picture, random),
  'a header that lies, and cut short': (picture, random) =>
    lieAboutSize(picture, random).subarray(0, random(1, picture.length)),
  'odd EXIF': (picture, random) => withOddExif(picture, random),
  'a profile that is none': (picture, random) => {
    const profile = Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), randomBytes(200, random)]);
    return Buffer.concat([picture.subarray(0, 2), segment(0xe2, profile), picture.subarray(2)]);
  },
  'a zip at its end': (picture) => Buffer.concat([picture, zip]),
  'a zip before it': (picture) => Buffer.concat([zip, picture]),
  'a page at its end': (picture) => Buffer.concat([picture, html]),
  'a page before it': (picture) => Buffer.concat([html, picture]),
  'another at its end': (picture, _random, other) => Buffer.concat([picture, other]),
  'the start of another': (picture, random, other) => {
    const length = random(1, 32);
    return Buffer.concat([other.subarray(0, length), picture.subarray(length), Buffer.from([0])]);
  },
  noise: (_picture, random) => randomBytes(random(1, 500), random),
};
