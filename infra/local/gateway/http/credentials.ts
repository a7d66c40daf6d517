import { createHash, timingSafeEqual } from 'node:crypto';

/** The user and password of `/system`. Both are compared in a time that tells nothing of how much was right. */
export class Credentials {
  readonly #user: Buffer;
  readonly #password: Buffer;

  constructor(user: string, password: string) {
    this.#user = digest(user);
    this.#password = digest(password);
  }

  matches(user: string, password: string): boolean {
    const sameUser = timingSafeEqual(digest(user), this.#user);
    const samePassword = timingSafeEqual(digest(password), this.#password);
    return sameUser && samePassword;
  }

  /** Whether an `Authorization` header has them. */
  areIn(authorization: string): boolean {
    const [, encoded = ''] = /^basic +(\S+) *$/i.exec(authorization) ?? [];
    const [, user = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
    return this.matches(user, password);
  }
}

/** Of the same length whatever the text is. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
