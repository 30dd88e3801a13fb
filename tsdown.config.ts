import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsdown';
import { thirdPartyNotices } from './scripts/third-party-notices.ts';

/**
 * One build for everything: the CLI, the workers and the two doors for authors share chunks,
 * so that a handler and the worker that runs it see the same `BotActionHandler` class.
 * `dependencies` stay outside the bundle, `devDependencies` go into it (they load faster that way).
 */
const program = defineConfig({
  entry: {
    index: 'src/index.ts',
    'library/index': 'src/library/index.ts',
    'cli/main': 'src/cli/main.ts',
    'sandbox/describe-library': 'src/sandbox/describe-library.ts',
    'sandbox/host-main': 'src/sandbox/host-main.ts',
    'sandbox/parent-watch': 'src/sandbox/parent-watch.ts',
    'sandbox/worker-main': 'src/sandbox/worker-main.ts',
  },
  format: 'esm',
  platform: 'node',
  target: 'node20',
  fixedExtension: false,
  dts: true,
  clean: true,
  // React as it is shipped: its other build checks and warns, and draws half as fast.
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  // Zod is a peer for its types alone: from one file of ours it loads three times as fast as from its eighty.
  deps: {
    alwaysBundle: (name, importer) => /^zod(\/|$)/.test(name) && !/\.d\.[cm]?ts$/.test(importer ?? ''),
  },
  alias: {
    'is-in-ci': fileURLToPath(new URL('scripts/stubs/is-in-ci.ts', import.meta.url)),
    'react-devtools-core': fileURLToPath(new URL('scripts/stubs/react-devtools-core.ts', import.meta.url)),
  },
  plugins: [thirdPartyNotices()],
});

/** The script of the page that shows the HTTP API: one file without dependencies. */
const documentationPage = defineConfig({
  entry: { 'documentation-page': 'src/http/documentation-page/main.ts' },
  tsconfig: 'src/http/documentation-page/tsconfig.json',
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  dts: false,
  clean: false,
});

export default [program, documentationPage];
