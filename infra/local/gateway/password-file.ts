import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A password that nobody guesses, in a file that only this user may read: neither environments nor logs show it. */
export class PasswordFile {
  readonly password = randomBytes(24).toString('base64url');
  readonly path: string;
  readonly #onExit = () => rmSync(dirname(this.path), { recursive: true, force: true });

  /** Makes the file, in a folder of its own; it goes with this process, or by `remove`. */
  constructor() {
    this.path = join(mkdtempSync(join(tmpdir(), 'faceoff-gateway-')), 'basic-auth-password');
    writeFileSync(this.path, this.password, { mode: 0o600, flag: 'wx' });
    process.once('exit', this.#onExit);
  }

  remove(): void {
    process.off('exit', this.#onExit);
    this.#onExit();
  }
}
