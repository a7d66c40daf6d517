import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../kubernetes/index.ts';
import { compliant } from '../test-stack/compliant.ts';
import { violating } from '../test-stack/violating.ts';
import { objectRules, stackRules } from './index.ts';

/** The names of the rules that a stack breaks. */
function broken(objects: KubernetesObject[]): string[] {
  return [
    ...objectRules(true).filter(({ check }) => objects.some((object) => check(object).length > 0)),
    ...stackRules.filter(({ check }) => check(objects).length > 0),
  ].map(({ name }) => name);
}

const names = [...objectRules(true), ...stackRules].map(({ name }) => name);

describe('the rules', () => {
  it('let a stack pass that follows them all', () => {
    expect(broken(compliant())).toEqual([]);
  });

  it.each(names)('have one that breaks %s, and is refused by that alone', (name) => {
    expect(broken(violating[name] ?? [])).toEqual([name]);
  });

  it('have names that differ', () => {
    expect(new Set(names).size).toBe(names.length);
  });
});
