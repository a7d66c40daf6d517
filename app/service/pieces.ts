/** What is shorter than this, in bytes, is copied: kept as it is, it would take many times its length. */
const short = 16_384;

/** Collects the pieces in which a body comes, however short they are, in little more memory than their bytes. */
export class Pieces {
  readonly #whole: Uint8Array[] = [];
  #open = Buffer.alloc(0);
  #used = 0;

  add(piece: Uint8Array): void {
    if (piece.length >= short) {
      this.#close();
      this.#whole.push(piece);
      return;
    }
    if (this.#used + piece.length > this.#open.length) {
      this.#close();
      this.#open = Buffer.allocUnsafeSlow(4 * short);
    }
    this.#open.set(piece, this.#used);
    this.#used += piece.length;
  }

  /** How many buffers hold them. */
  get count(): number {
    return this.#whole.length + (this.#used > 0 ? 1 : 0);
  }

  /** All of them as one. */
  join(): Buffer {
    this.#close();
    return Buffer.concat(this.#whole);
  }

  #close(): void {
    if (this.#used > 0) {
      this.#whole.push(this.#open.subarray(0, this.#used));
    }
    this.#open = Buffer.alloc(0);
    this.#used = 0;
  }
}
