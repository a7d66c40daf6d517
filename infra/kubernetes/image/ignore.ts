interface Rule {
  exception: boolean;
  /** The pattern as cleaned text, to see what may lie below a folder. */
  text: string;
  pattern: RegExp;
}

/** What a `.dockerignore` leaves out, as Docker reads it: the last rule that matches a path, or a folder above it, decides. */
export class Ignore {
  readonly #rules: readonly Rule[];

  /** @throws Error for a pattern with `[`, which none of this project needs. */
  constructor(source: string) {
    this.#rules = source
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map(readRule);
  }

  /** Whether the path, relative to the context and with `/`, is left out. */
  ignores(path: string): boolean {
    const last = this.#rules.findLast(({ pattern }) => pattern.test(path));
    return last !== undefined && !last.exception;
  }

  /** Whether nothing below the folder can be in the context, so that it need not be looked at. */
  prunes(folder: string): boolean {
    return (
      this.ignores(folder) &&
      !this.#rules.some(({ exception, text }) => exception && (text.startsWith(`${folder}/`) || /[*?]/.test(text)))
    );
  }
}

function readRule(line: string): Rule {
  const exception = line.startsWith('!');
  const text = (exception ? line.slice(1).trim() : line).replace(/^\.?\/+/, '').replace(/\/+$/, '');
  if (text.includes('[')) throw new Error(`.dockerignore: the pattern ${line} has a [, which is not understood here`);
  const source = text
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => wildcards[part] ?? part.replace(/[.+^${}()|\]\\]/g, '\\$&'))
    .join('');
  return { exception, text, pattern: new RegExp(`^${source}(/|$)`) };
}

const wildcards: Record<string, string> = { '**/': '(.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
