import { expect, test } from 'vitest';
import { registryOf } from './registry.ts';

test.each([
  ['faceoff/classifier:1', 'index.docker.io'],
  ['classifier:1', 'index.docker.io'],
  ['ghcr.io/a/b:1', 'ghcr.io'],
  ['localhost:5000/a', 'localhost:5000'],
  ['localhost/a', 'localhost'],
])('the registry of %s is %s', (image, registry) => {
  expect(registryOf(image)).toBe(registry);
});
