import { configDefaults, defineConfig } from 'vitest/config';

/** The file below this folder. */
const source = (file: string): string => new URL(file, import.meta.url).pathname;

export default defineConfig({
  resolve: {
    // Handlers that run inside the process of the tests extend the classes that the tests load.
    alias: [
      { find: /^messenger-bots$/, replacement: source('src/index.ts') },
      { find: /^messenger-bots\/library$/, replacement: source('src/library/index.ts') },
      { find: /^messenger-bots\/testing$/, replacement: source('src/testing/index.ts') },
    ],
  },
  test: {
    // What is built is loaded as it is, with its own classes.
    server: { deps: { external: [/\/dist\//] } },
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
