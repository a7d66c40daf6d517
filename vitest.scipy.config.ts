import { defineConfig } from 'vitest/config';

// By `npm run test:scipy` alone: npm test must not need Python.
export default defineConfig({
  test: { include: ['test/statistics/scipy/*.spec.ts'], testTimeout: 120_000, hookTimeout: 300_000 },
});
