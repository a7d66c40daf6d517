import { z } from 'zod';

/** What a value must be, in words that follow "it must be". */
type Allowed = string;

/** A text of which every character counts. */
export const text = z.string().min(1, 'a text that is not empty');

export function matching(pattern: RegExp, allowed: Allowed) {
  return z.string().regex(pattern, allowed);
}

export function oneOf<const T extends readonly [string, ...string[]]>(names: T) {
  return z.enum(names, `one of ${names.join(', ')}`);
}

/** The stack's configuration holds numbers as text. */
export function whole(least: number, most: number) {
  const allowed = `a whole number from ${least} to ${most}`;
  return matching(/^\d{1,9}$/, allowed)
    .transform(Number)
    .refine((value) => value >= least && value <= most, allowed);
}

/** A whole number, or one word. */
export function wholeOr<const W extends string>(word: W, least: number, most: number) {
  const number = whole(least, most);
  return z.string().transform((value, context): W | number => {
    if (value === word) return word;
    const { success, data } = number.safeParse(value);
    if (success) return data;
    context.addIssue(`${word}, or a whole number from ${least} to ${most}`);
    return z.NEVER;
  });
}

export const yesOrNo = oneOf(['true', 'false']).transform((value) => value === 'true');

/** A list without repetition; the configuration holds it as JSON. */
export function listOf<const T extends readonly [string, ...string[]]>(names: T, least: number) {
  const allowed = `a list of ${least > 0 ? 'some' : 'any'} of ${names.join(', ')}, each once`;
  return json(allowed)
    .pipe(z.array(z.enum(names, allowed), allowed).min(least, allowed))
    .refine((list) => new Set(list).size === list.length, allowed);
}

/** One name, or a list without repetition. */
export function someOf<const T extends readonly [string, ...string[]]>(names: T) {
  const one = z.enum(names).transform((name) => [name]);
  return z.union([one, listOf(names, 1)], `one of ${names.join(', ')}, or a list of them, each once`);
}

/** Environment variables. Numbers and booleans, as YAML makes them of `1` and `true`, count as their text. */
export function variables(reserved: Record<string, string>) {
  const allowed = 'an object of variable names and texts, such as {"THREADS": "1"}';
  const name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/);
  const plain = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)], allowed);
  return json(allowed)
    .pipe(z.record(name, plain, allowed))
    .superRefine((given, context) => {
      for (const [variable, why] of Object.entries(reserved)) {
        if (variable in given) context.addIssue(`without ${variable}: ${why}`);
      }
    });
}

export function object(allowed: Allowed) {
  return json(allowed).pipe(z.record(z.string(), z.unknown(), allowed));
}

/** A label as DNS has them: what Kubernetes takes for the name of a namespace. */
export const dnsLabel = matching(
  /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  'at most 63 small letters, digits and dashes, with a letter or digit at both ends',
);

const host = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/i;
export const hostName = matching(host, 'a host name or an IPv4 address, without scheme and port');
export const domain = matching(host, 'a domain name, without scheme and path');

const aboveZero = '(?!0+(\\.0+)?(?![\\d.]))';
/** What the benchmark's room reads as an objective. */
export const objective = matching(
  new RegExp(
    `^p${aboveZero}\\d{1,2}(\\.\\d+)? *< *${aboveZero}\\d{1,9}(\\.\\d+)? *(ms|s)(, *errors *< *${aboveZero}0*(100(\\.0+)?|\\d{1,2}(\\.\\d+)?) *%)?$`,
  ),
  'an objective such as p95 < 200ms, errors < 1%',
);

const label = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';
export const namespaced = matching(
  new RegExp(`^${label}/${label}$`),
  'a namespace and a name, such as kourier-system/kourier',
);

export const cpu = matching(
  /^(?!0+m?$)(\d{1,6}m|\d{1,4}(\.\d{1,3})?)$/,
  'an amount of CPU above 0, such as 500m (half a core) or 2',
).refine((value) => Number.parseFloat(value) > 0, 'an amount of CPU above 0, such as 500m (half a core) or 2');
export const memory = matching(
  /^[1-9]\d{0,8}(k|M|G|Ki|Mi|Gi)$/,
  'an amount of memory with its unit (k, M, G, Ki, Mi or Gi), such as 512Mi',
);

const component = '[a-z0-9]+((\\.|__?|-+)[a-z0-9]+)*';
const path = `${component}(/${component})*`;
export const repository = matching(
  new RegExp(`^([a-zA-Z0-9.-]+(:\\d+)?/)?${path}$`),
  'the name of an image without tag or digest, in small letters, such as faceoff/classifier',
);
export const imageName = matching(
  new RegExp(`^([a-zA-Z0-9.-]+(:\\d+)?/)?${path}(:[\\w][\\w.-]{0,127}|(:[\\w][\\w.-]{0,127})?@sha256:[0-9a-f]{64})$`),
  'the name of an image with a tag or a digest, such as faceoff/classifier:1',
);
export const registry = matching(
  /^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?(:\d{1,5})?(\/[a-z0-9._/-]+)?$/,
  'the host of a registry, without scheme, such as ghcr.io or localhost:5000',
);

function json(allowed: Allowed) {
  return z.string().transform((value, context): unknown => {
    try {
      return JSON.parse(value);
    } catch {
      context.addIssue(allowed);
      return z.NEVER;
    }
  });
}
