import { defineConfig } from 'vitest/config';

// Two cores: real servers and processes share them with the tests, so files run two at a time and time-outs are wide.
export default defineConfig({
  test: {
    include: ['{advise,app,infra,bench,cli,policy,supply-chain,test}/**/*.test.ts', '*.test.ts'],
    exclude: ['**/node_modules/**', 'test/cluster/**'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
