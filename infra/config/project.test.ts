import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkConfig } from './check.ts';
import { configKeys } from './schema.ts';

const root = new URL('../../', import.meta.url);
const source = readFileSync(new URL('Pulumi.yaml', root), 'utf8');
const declared: Record<string, Record<string, unknown>> = parse(source).config;

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

test('Pulumi.yaml declares the keys that have a value everywhere, and those of its own namespace', () => {
  const expected = [...configKeys].filter(
    ([key, { fallback }]) => fallback !== undefined || key.startsWith('faceoff:'),
  );
  expect(Object.keys(declared).sort()).toEqual(expected.map(([key]) => key).sort());
});

test.each(Object.entries(declared))(
  '%s is described, and its value is the one that the program falls back on',
  (key, declaration) => {
    const { description, value, default: own, ...types } = declaration;
    expect(description).toBe(configKeys.get(key)?.description);
    const given = key.startsWith('faceoff:') ? own : value;
    expect(given === undefined ? undefined : asText(given)).toBe(configKeys.get(key)?.fallback);
    expect(Object.keys(types)).toEqual(key.startsWith('faceoff:') ? expect.arrayContaining(['type']) : []);
  },
);

test('Pulumi.yaml describes in a comment the keys that it cannot declare', () => {
  for (const [key, { description, secret }] of configKeys) {
    if (key in declared) continue;
    expect(source).toContain(`  # ${key}${secret ? ' (secret)' : ''}: ${description}\n`);
  }
});

const stacks = readdirSync(root).filter((name) => /^Pulumi\.[a-z]+\.yaml$/.test(name));

test('there are the six stacks', () => {
  const expected = ['dev', 'server', 'serverless', 'knative', 'hybrid', 'all'].map((name) => `Pulumi.${name}.yaml`);
  expect(stacks).toEqual(expect.arrayContaining(expected));
});

test.each(stacks)('%s is a configuration that the program takes', (name) => {
  const config: Record<string, unknown> = parse(readFileSync(new URL(name, root), 'utf8')).config;
  const given = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, asText(value)]));
  expect(() => checkConfig(given)).not.toThrow();
});

test('docs/kubernetes.md has a row for every key, with its default and its meaning', () => {
  const section = readFileSync(new URL('docs/kubernetes.md', root), 'utf8')
    .split(/^## /m)
    .find((text) => text.startsWith('Configuration'));
  const rows = section?.split('\n').filter((line) => line.startsWith('| `'));
  const expected = [...configKeys].map(([key, { description, fallback, required, secret }]) => {
    const value =
      fallback === undefined ? (required ? 'required' : '–') : fallback === '' ? 'empty' : `\`${fallback}\``;
    return `| \`${key}\`${secret ? ' (secret)' : ''} | ${value} | ${description} |`;
  });
  expect(rows).toEqual(expected);
});
