import { defineConfig } from 'vitest/config';

/** The tests of the package as users get it. They install packages, so that they are no part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/packed/**/*.test.ts'],
    globalSetup: ['test/packed/global-setup.ts'],
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
});
