import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Package } from './policy.ts';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), license: z.string().optional(), link: z.boolean().optional() }),
  ),
});

/** Where a package says its licence: as it is written now, or as it was once. */
const manifestSchema = z.object({
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
  licenses: z.array(z.object({ type: z.string() })).optional(),
});

/** Those whose own words are no SPDX expression: what their licence file is. */
const read: Readonly<Record<string, string>> = { '@logdna/tail-file@2.2.0': 'MIT' };

/**
 * All packages that a lock file installs, on whatever platform. Licences that it leaves out are read from the installed
 * packages.
 *
 * @param root folder of package-lock.json and node_modules.
 * @throws Error when the lock file cannot be read.
 */
export function lockedPackages(root: string): Package[] {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  return Object.entries(packages).flatMap(([path, { version = '', license, link }]) => {
    const name = path.split('node_modules/').at(-1) ?? '';
    // The project itself, and links to it, are no dependencies.
    if (link || !path.includes('node_modules/')) return [];
    const licence = read[`${name}@${version}`] ?? license ?? licenceIn(join(root, path, 'package.json'));
    return [{ name, version, licence }];
  });
}

function licenceIn(path: string): string | undefined {
  const { license, licenses } = manifestSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const named = [license ?? licenses ?? []].flat().map((each) => (typeof each === 'string' ? each : each.type));
  return named.length === 0 ? undefined : named.join(' OR ');
}
