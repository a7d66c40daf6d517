import parse, { type Expression } from 'spdx-expression-parse';

/** Licences that ask for no more than to be named. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-3.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Packages that may have another licence, and why. */
const exceptions: { name: RegExp; licences: string[]; why: string }[] = [
  {
    name: /^@img\/sharp-/,
    licences: ['LGPL-3.0-or-later'],
    why: 'libvips, unchanged, as a shared library that can be replaced',
  },
  { name: /^axe-core$/, licences: ['MPL-2.0'], why: 'unchanged, and in tests alone' },
];

/** One installed version of a package. */
export interface Package {
  name: string;
  version: string;
  /** As the package says it; undefined when it says nothing. */
  licence: string | undefined;
}

/** What a package's licence comes to: `excepted` tells why it may stay, `refused` what is wrong. */
export type Verdict = { kind: 'permissive' } | { kind: 'excepted'; why: string } | { kind: 'refused'; why: string };

/** Judges one package's licence, an SPDX expression. */
export function judgeLicence({ name, licence }: Package): Verdict {
  if (licence === undefined) return { kind: 'refused', why: 'it names no licence' };
  const expression = parseOrUndefined(licence);
  if (expression === undefined) return { kind: 'refused', why: `"${licence}" is no SPDX expression` };
  if (holds(expression, permissive)) return { kind: 'permissive' };
  const exception = exceptions.find((each) => each.name.test(name));
  if (exception !== undefined && holds(expression, new Set([...permissive, ...exception.licences]))) {
    return { kind: 'excepted', why: exception.why };
  }
  return { kind: 'refused', why: `${licence} is not among the licences that are allowed` };
}

/** Whether these licences are enough for all that an expression asks for. */
function holds(expression: Expression, allowed: ReadonlySet<string>): boolean {
  if ('license' in expression) {
    const { license, plus, exception } = expression;
    return plus === undefined && exception === undefined && allowed.has(license);
  }
  const sides = [expression.left, expression.right].map((side) => holds(side, allowed));
  return expression.conjunction === 'and' ? sides.every(Boolean) : sides.some(Boolean);
}

function parseOrUndefined(licence: string): Expression | undefined {
  try {
    return parse(licence);
  } catch {
    return undefined;
  }
}
