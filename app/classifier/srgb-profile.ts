import { createHash } from 'node:crypto';
import { segmentsOf } from './jpeg-segments.ts';

/** SHA-256 of profiles that say sRGB: the one of Hewlett-Packard, which most programs write, and the one of libvips. */
const srgbProfiles = new Set([
  '2b3aa1645779a9e634744faf9b01e9102b0c9b88fd6deced7934df86b949af7e',
  'c56e1685d888f5edb92fe07f2750f387f8fe8e91b32ff8fb0b56bfbbb9458353',
]);

const app2 = 0xe2;
/** Before a profile, and followed by which part of how many it is: one of one is read here. */
const profileStart = Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1');

/**
 * Whether a file is a JPEG with a profile that says that its colours are what they would be without one. To convert its
 * pixels by that profile takes as long as to decode them, and changes none.
 */
export function hasSrgbProfile(picture: Uint8Array): boolean {
  const profile = profileIn(picture);
  return profile !== undefined && srgbProfiles.has(createHash('sha256').update(profile).digest('hex'));
}

function profileIn(picture: Uint8Array): Buffer | undefined {
  let found: Buffer | undefined;
  for (const { type, content } of segmentsOf(picture)) {
    if (type === app2 && content.subarray(0, profileStart.length).equals(profileStart)) {
      // With a second one it is for the decoder to say which counts.
      if (found !== undefined) {
        return undefined;
      }
      found = content.subarray(profileStart.length);
    }
  }
  return found;
}
