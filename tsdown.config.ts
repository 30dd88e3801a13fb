import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsdown';

const stub = (name: string): string => fileURLToPath(new URL(`scripts/stubs/${name}.ts`, import.meta.url));

/**
 * One build for everything: the CLI, the worker thread and the two doors for authors share chunks,
 * so that a handler and the thread that runs it see the same `BotActionHandler` class.
 * `dependencies` but zod stay outside the bundle, `devDependencies` go into it (they load faster that way).
 */
export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'library/index': 'src/library/index.ts',
    'cli/main': 'src/cli/main.ts',
    'sandbox/thread': 'src/sandbox/thread.ts',
  },
  format: 'esm',
  platform: 'node',
  target: 'node20',
  fixedExtension: false,
  dts: true,
  clean: true,
  // React as it is shipped: its other build checks and warns, and draws half as fast.
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  // Zod is a dependency for its types alone: from one file of ours it loads three times as fast as from its eighty.
  deps: {
    alwaysBundle: (name, importer) => /^zod(\/|$)/.test(name) && !/\.d\.[cm]?ts$/.test(importer ?? ''),
  },
  alias: {
    'is-in-ci': stub('is-in-ci'),
    'react-devtools-core': stub('react-devtools-core'),
  },
  // The page that shows the HTTP API, in one file that loads nothing from elsewhere.
  copy: ['node_modules/rapidoc/dist/rapidoc-min.js'],
});
