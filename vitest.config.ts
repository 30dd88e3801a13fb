import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They have configurations of their own.
    exclude: [...configDefaults.exclude, 'test/packed/**', 'test/**/*.e2e.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/setup.ts'],
    // Most tests wait for threads and processes, so a core takes more than one file at a time.
    maxWorkers: 4,
    // Files share the modules of their worker: loading them anew for each took longer than many of the tests.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
