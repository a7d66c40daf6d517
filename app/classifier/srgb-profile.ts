import { createHash } from 'node:crypto';

/** SHA-256 of profiles that say sRGB: the one of Hewlett-Packard, which most programs write, and the one of libvips. */
const srgbProfiles = new Set([
  '2b3aa1645779a9e634744faf9b01e9102b0c9b88fd6deced7934df86b949af7e',
  'c56e1685d888f5edb92fe07f2750f387f8fe8e91b32ff8fb0b56bfbbb9458353',
]);

const startOfScan = 0xda;
const app2 = 0xe2;
/** Before a profile, and followed by which part of how many it is: one of one is read here. */
const profileStart = Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1');

/**
 * Whether a file is a JPEG with a profile that says that its colours are what they would be without one. To convert its
 * pixels by that profile takes as long as to decode them, and changes none.
 */
export function hasSrgbProfile(picture: Uint8Array): boolean {
  const profile = profileIn(Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength));
  return profile !== undefined && srgbProfiles.has(createHash('sha256').update(profile).digest('hex'));
}

/** The profile in a JPEG file's segments, which begin after two bytes: 0xff, a type, and two bytes that count themselves. */
function profileIn(jpeg: Buffer): Buffer | undefined {
  if (jpeg.length < 4 || jpeg.readUInt16BE() !== 0xffd8) {
    return undefined;
  }
  let found: Buffer | undefined;
  for (let at = 2; at + 4 <= jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== startOfScan; ) {
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    const content = jpeg.subarray(at + 4, end);
    if (jpeg[at + 1] === app2 && content.subarray(0, profileStart.length).equals(profileStart)) {
      // With a second one it is for the decoder to say which counts.
      if (found !== undefined) {
        return undefined;
      }
      found = content.subarray(profileStart.length);
    }
    at = end;
  }
  return found;
}
