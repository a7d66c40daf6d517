import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What a folder with Knative's manifests has in it, in the order in which they are applied. */
export const manifestFiles = ['serving-crds.yaml', 'serving-core.yaml', 'ingress.yaml'] as const;

const allowed = `a folder with ${manifestFiles.join(', ')}; paths begin at the project's folder`;

/** A folder with manifests, and a digest of what is in them, so that other ones are told apart. */
export const manifestFolder = z.string().transform((path, context) => {
  try {
    const digest = createHash('sha256');
    for (const file of manifestFiles) digest.update(readFileSync(join(path, file)));
    return { path, digest: digest.digest('hex') };
  } catch {
    // Not there or not readable: all the same to whom it must be told.
    context.addIssue(allowed);
    return z.NEVER;
  }
});
