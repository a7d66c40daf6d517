import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const allowed =
  "a list of files that can be read and of URLs that begin with http:// or https://; paths begin at the project's folder";

/** Where manifests are, and a digest of the files among them, so that a change of what is in those is told apart. */
export const manifestList = z.string().transform((text, context) => {
  try {
    const places = z.array(z.string().min(1)).min(1).parse(JSON.parse(text));
    const digest = createHash('sha256');
    for (const place of places) if (!/^https?:\/\//.test(place)) digest.update(readFileSync(place));
    return { places, digest: digest.digest('hex') };
  } catch {
    // No list, or a file that is not there or not readable: all the same to whom it must be told.
    context.addIssue(allowed);
    return z.NEVER;
  }
});
