import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Ignore } from './ignore.ts';

/**
 * A tag that tells the content of an image: what Docker would send as the build context, and the options. The same
 * content has the same tag on every machine; any other has another.
 */
export async function contentTag(context: string, options: Record<string, string | undefined>): Promise<string> {
  const ignore = new Ignore(await readFile(join(context, '.dockerignore'), 'utf8').catch(emptyWhenMissing));
  const hash = createHash('sha256');
  add(hash, JSON.stringify(Object.entries(options).filter(([, value]) => value !== undefined)));
  for (const path of (await list(context, '', ignore)).sort()) await addFile(hash, context, path);
  return hash.digest('hex').slice(0, 16);
}

async function list(context: string, folder: string, ignore: Ignore): Promise<string[]> {
  const entries = await readdir(join(context, folder), { withFileTypes: true });
  const lists = entries.map(async (entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ignore.prunes(path) ? [] : list(context, path, ignore);
    return ignore.ignores(path) || !(entry.isFile() || entry.isSymbolicLink()) ? [] : [path];
  });
  return (await Promise.all(lists)).flat();
}

async function addFile(hash: Hash, context: string, path: string): Promise<void> {
  const file = join(context, path);
  const { mode, size } = await lstat(file);
  add(hash, path);
  const link = await readlink(file).catch(() => undefined);
  if (link !== undefined) {
    add(hash, `link ${link}`);
    return;
  }
  // Of the permissions, version control keeps this one alone.
  add(hash, `${mode & 0o100 ? 'executable' : 'file'} ${size}`);
  await pipeline(createReadStream(file), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) hash.update(chunk);
  });
}

/** Parts are ended, so that no two lists of parts run together to the same text. */
function add(hash: Hash, part: string): void {
  hash.update(`${part}\0`);
}

function emptyWhenMissing(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}
