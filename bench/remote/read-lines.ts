import { type FileHandle, open } from 'node:fs/promises';

/** Bytes of a file sent at once at most; no line of a run folder is so long. */
const chunkBytes = 256 * 1024;

/** The whole lines of a file that begin at a byte, as far as they fit, and the byte where the next one begins. */
export async function readLines(path: string, from: number): Promise<{ text: string; next: number }> {
  const file: FileHandle | undefined = await open(path).catch(() => undefined);
  if (file === undefined) return { text: '', next: from };
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes, from);
    const end = buffer.subarray(0, bytesRead).lastIndexOf('\n') + 1;
    return { text: buffer.toString('utf8', 0, end), next: from + end };
  } finally {
    await file.close();
  }
}
