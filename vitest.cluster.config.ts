import { defineConfig } from 'vitest/config';

// One cluster and one set of its NodePorts: a file at a time. Images are built and pods come and go, so time-outs are wide.
export default defineConfig({
  test: {
    include: ['test/cluster/**/*.test.ts'],
    globalSetup: ['test/cluster/setup.ts'],
    fileParallelism: false,
    testTimeout: 900_000,
    hookTimeout: 3_600_000,
    reporters: ['verbose'],
  },
});
