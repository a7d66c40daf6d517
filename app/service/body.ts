import type { FastifyRequest } from 'fastify';
import { ServiceError } from './errors.ts';
import { Pieces } from './pieces.ts';

/** Reads pictures from requests, and bounds the memory that they take together. */
export class Bodies {
  readonly #maxBytes: number;
  readonly #maxTotal: number;
  #total = 0;

  /** @param maxBytes of one picture; sixteen such may be in memory, or any number of smaller ones that take no more. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#maxTotal = 16 * maxBytes;
  }

  /**
   * Reads the picture: the body, or the first file of a multipart body.
   * @param use gets the picture; its memory counts until the promise that this returns settles.
   * @throws {ServiceError} when there is no picture, or it is too large, or too much is in memory.
   */
  async withPicture<T>(request: FastifyRequest, use: (picture: Buffer) => Promise<T>): Promise<T> {
    let held = 0;
    try {
      const pieces = new Pieces();
      for await (const chunk of this.#source(request)) {
        held += chunk.length;
        this.#total += chunk.length;
        this.#check(held);
        pieces.add(chunk);
      }
      if (held === 0) {
        throw new ServiceError('EMPTY_BODY', 'Send the picture as the body, or as a file in a multipart form.');
      }
      return await use(pieces.join());
    } finally {
      this.#total -= held;
      // What was not read is thrown away, so that the connection can carry the answer and the next request.
      request.raw.unpipe();
      request.raw.resume();
    }
  }

  #check(held: number): void {
    if (held > this.#maxBytes) {
      throw new ServiceError('TOO_LARGE', `A picture may have at most ${this.#maxBytes} bytes.`);
    }
    if (this.#total > this.#maxTotal) {
      throw new ServiceError('OVERLOADED', 'Too many bytes are waiting. Try again later.');
    }
  }

  async *#source(request: FastifyRequest): AsyncGenerator<Uint8Array> {
    if (!request.isMultipart()) {
      const declared = Number(request.headers['content-length'] ?? 0);
      this.#check(declared);
      // Leaving early must not destroy the request: its connection carries the answer.
      yield* request.raw.iterator({ destroyOnReturn: false });
      return;
    }
    yield* multipartFile(request, this.#maxBytes);
  }
}

async function* multipartFile(request: FastifyRequest, maxBytes: number): AsyncGenerator<Uint8Array> {
  try {
    // One byte more than allowed comes through, so that a file which is too large is told from one that just fits.
    const part = await request.file({ limits: { fileSize: maxBytes + 1, fieldSize: 10_000, fields: 100 } });
    if (part !== undefined) {
      yield* part.file;
    }
  } catch (error) {
    throw new ServiceError('BAD_MULTIPART', `The multipart body is malformed: ${(error as Error).message}`);
  }
}
