import { editionRules } from './editions.ts';
import { effectRules } from './effects.ts';
import { ConfigFault } from './fault.ts';
import { nearest } from './nearest.ts';
import { type Rule, rules } from './rules.ts';
import { configKeys, type Key, type Namespace, schema, type Values } from './schema.ts';

/** Namespaces of others, whose keys are theirs to check. */
const foreign = ['pulumi', 'pulumi-nodejs', 'docker'];

/**
 * Checks a stack's configuration: full keys, `namespace:name`, and texts, as Pulumi holds them.
 * @param isSecret Whether a key was set as a secret.
 * @throws {ConfigFault} that tells everything that is wrong, with the key, its value unless that is secret, and what is
 * allowed.
 */
export function checkConfig(
  given: Readonly<Record<string, string>>,
  isSecret: (key: string) => boolean = () => false,
): Values {
  const faults = new Map<string, string>();
  for (const key of Object.keys(given)) {
    const fault = unknownKey(key);
    if (fault !== undefined) faults.set(key, fault);
  }
  const values = Object.fromEntries(Object.keys(schema).map((namespace) => [namespace, {}])) as Record<
    Namespace,
    Record<string, unknown>
  >;
  for (const [full, key] of configKeys) {
    const [namespace, name] = full.split(':') as [Namespace, string];
    const read = readValue(full, key, given[full], isSecret(full));
    if ('fault' in read) faults.set(full, read.fault);
    else if (read.value !== undefined) values[namespace][name] = read.value;
  }
  // Keys that are right by themselves are all there, which is what a rule about those needs.
  const typed = values as Values;
  // Pulumi.yaml hands over the fallbacks as if somebody had set them.
  const isSet = (key: string) => given[key] !== undefined && given[key] !== configKeys.get(key)?.fallback;
  const broken = (of: readonly Rule[]) =>
    of
      .filter(({ keys }) => !keys.some((key) => faults.has(key)))
      .flatMap(({ keys, fault }) => {
        const told = fault(typed, isSet);
        return told ? [[keys[0] ?? '', told] as const] : [];
      });
  // What to set beside a key is no help where the key has to go.
  for (const [key, told] of broken(effectRules)) faults.set(key, told);
  const all = [...faults.values(), ...broken([...rules, ...editionRules]).map(([, told]) => told)];
  if (all.length > 0) throw new ConfigFault(all);
  return typed;
}

function readValue(
  full: string,
  key: Key,
  given: string | undefined,
  isSecret: boolean,
): { value: unknown } | { fault: string } {
  if (isSecret && !key.secret && !key.mayBeSecret) {
    return {
      fault: `${full}: it was set as a secret, and cannot stay one, since it stands in plain outputs or objects of the cluster; set it without --secret, with nothing secret in it.`,
    };
  }
  const text = given ?? key.fallback;
  if (text === undefined) {
    return key.required ? { fault: `${full}: it must be set. ${key.description}` } : { value: undefined };
  }
  const { success, data, error } = key.value.safeParse(text);
  if (success) return { value: data };
  const allowed = [...new Set(error.issues.map(({ message }) => message))].join('; ');
  return { fault: `${full}${key.secret || isSecret ? '' : ` = ${text}`}: it must be ${allowed}.` };
}

function unknownKey(full: string): string | undefined {
  const namespace = full.slice(0, full.indexOf(':'));
  if (configKeys.has(full) || foreign.includes(namespace)) return undefined;
  const near = nearest(full, [...configKeys.keys()]);
  if (near !== undefined) return `${full}: there is no such key. Did you mean ${near}?`;
  const siblings = [...configKeys.keys()].filter((key) => key.startsWith(`${namespace}:`));
  const known = siblings.length > 0 ? siblings : Object.keys(schema).map((name) => `${name}:…`);
  return `${full}: there is no such key. There are ${known.join(', ')}.`;
}
