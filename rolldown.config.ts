import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BuildOptions, OutputOptions } from 'rolldown';
import { leanCommander } from './scripts/lean-commander.ts';
import { leanSwagger } from './scripts/lean-swagger.ts';
import { oneBytePerCharacter } from './scripts/one-byte-per-character.ts';
import { writeSoftwareList } from './scripts/software-list.ts';
import { thirdPartyNotices } from './scripts/third-party-notices.ts';

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const { dependencies } = JSON.parse(readFileSync(file('package.json'), 'utf8'));

/** Loaded from `node_modules` at run time. Everything else is bundled: one file of ours loads faster than many of theirs. */
const external = [...Object.keys(dependencies), 'sharp', 'vitest'].map((name) => new RegExp(`^${name}(/|$)`));

const output: OutputOptions = { dir: 'dist', format: 'esm', chunkFileNames: '[name]-[hash].js' };

/** The files of a folder of `src/`. */
const files = (folder: string, names: string) => String.raw`/src/${folder}/(?:${names})\.ts$`;

const anyOf = (...patterns: readonly string[]) =>
  new RegExp(patterns.join('|').replaceAll('/', String.raw`[\\/]`));

/**
 * Modules that are always loaded together, by what loads them: to open a file takes longer than to read it. Everything
 * else is split by who needs it.
 */
const groups = [
  {
    /** Every process, also the one whose threads run handlers. */
    name: 'base',
    test: anyOf(
      '/fastest-levenshtein/',
      files('base', 'command-line|cut-text|error-catalogue|error-json|errors|field-errors|nearest'),
      files('base', 'exact-json|is-record|package-file|system-error|terminal-text'),
      files('domain', 'characters|invisible|text|triggers'),
      files('sandbox', 'frames'),
    ),
  },
  {
    /** Most processes, but not `--version`, which needs no files. */
    name: 'files',
    test: anyOf(files('base', 'data-folder|file-identity|process-tree')),
  },
  {
    /** Every command, also `--version`. */
    name: 'start',
    test: anyOf(
      '/node_modules/commander/',
      files('cli', 'closed-output|commands|cwd|print|program|repeated-options|report|text'),
    ),
  },
  {
    /** Most commands. */
    name: 'command',
    test: anyOf(
      files('cli', 'json|problems|table|target-options|user-name'),
      files('config', 'upload-limits|workspace'),
      files('app', 'while-host-starts'),
    ),
  },
  {
    /** What loads a handler, and what has it loaded. */
    name: 'handlers',
    test: anyOf(
      '/node_modules/zod/(?!v3/|v4/mini/)',
      files('base', 'authorizing|decorators|jiti|node-imports|regular-file|shortage'),
      files('domain', 'canonical|depth|emoji|emoji-table|form-field|json|limits|match|message|outgoing'),
      files('authoring', 'call-site|registration|registry|request-arguments|requests'),
      files(
        'sandbox',
        'library-name|plain-data|plain-error|printed-lines|protocol|registrations|working-copies',
      ),
    ),
  },
];

/**
 * One build for everything: the CLI, the workers and the doors for authors share chunks,
 * so that a handler and the worker that runs it see the same `BotActionHandler` class.
 */
export const program: BuildOptions = {
  input: {
    index: 'src/index.ts',
    'library/index': 'src/library/index.ts',
    'cli/main': 'src/cli/main.ts',
    'testing/index': 'src/testing/index.ts',
    'testing/vitest': 'src/testing/vitest.ts',
    'sandbox/describe-library': 'src/sandbox/describe-library.ts',
    'sandbox/compiler-main': 'src/sandbox/compiler-main.ts',
    'sandbox/host-main': 'src/sandbox/host-main.ts',
    'sandbox/parent-watch': 'src/sandbox/parent-watch.ts',
    'sandbox/worker-main': 'src/sandbox/worker-main.ts',
  },
  external,
  platform: 'node',
  transform: {
    target: 'node20',
    // React as it is shipped: its other build checks and warns, and draws half as fast.
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  },
  resolve: {
    alias: {
      'is-in-ci': file('scripts/stubs/is-in-ci.ts'),
      'react-devtools-core': file('scripts/stubs/react-devtools-core.ts'),
    },
  },
  plugins: [
    leanCommander(),
    leanSwagger(),
    oneBytePerCharacter(),
    thirdPartyNotices(),
    writeSoftwareList(file('.')),
  ],
  output: { ...output, codeSplitting: { groups } },
};

/** zod for handlers, whole and by itself: what the program uses of it is a fifth. */
const zodForHandlers: BuildOptions = {
  input: { 'sandbox/zod': 'src/sandbox/zod.ts' },
  platform: 'node',
  plugins: [oneBytePerCharacter()],
  transform: { target: 'node20' },
  output: { dir: 'dist', format: 'cjs', exports: 'named', entryFileNames: '[name].cjs' },
};

/** The script of the page that shows the HTTP API: one file without dependencies. */
const documentationPage: BuildOptions = {
  input: { 'documentation-page': 'src/http/documentation-page/main.ts' },
  platform: 'browser',
  transform: { target: 'es2022' },
  output,
};

export default [program, zodForHandlers, documentationPage];
