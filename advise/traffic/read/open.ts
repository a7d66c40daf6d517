import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** The text of a file as it is read, unzipped where it is gzip by its first bytes. @throws Error that names the file. */
export async function openText(path: string): Promise<Readable> {
  const zipped = await isGzip(path);
  const file = createReadStream(path);
  if (!zipped) return file;
  const text = createGunzip();
  file.on('error', (error) => text.destroy(error));
  text.on('close', () => file.destroy());
  return file.pipe(text);
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path).catch((cause: Error) => {
    throw new Error(`${path} cannot be read: ${cause.message}`, { cause });
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } catch (cause) {
    throw new Error(`${path} cannot be read: ${cause instanceof Error ? cause.message : cause}`, { cause });
  } finally {
    await file.close();
  }
}

/** The first few lines that hold anything. */
export async function firstLines(path: string, most: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of linesOf(path)) {
    if (line.trim() !== '') lines.push(line.replace(/^\uFEFF/, ''));
    if (lines.length === most) break;
  }
  return lines;
}

/** @throws Error that names the file when it ends within its compression. */
export async function* linesOf(path: string): AsyncGenerator<string> {
  const text = await openText(path);
  try {
    yield* createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (cause) {
    throw new Error(`${basename(path)} cannot be read: ${cause instanceof Error ? cause.message : cause}`, { cause });
  } finally {
    text.destroy();
  }
}
