import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { exactBot, posting } from '../support/bot-source.ts';
import { spawnMessenger } from '../support/messenger.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { makeWorkspace } from '../support/workspace.ts';

/** Packages that take long to load, so that a command loads those that it needs and no others. */
const heavy = [
  'better-sqlite3',
  'chokidar',
  'croner',
  'esbuild',
  'fastify',
  'file-type',
  'handlebars',
  'ink',
  'jiti',
  'kysely',
  'pino',
  'pusher-js',
  'react',
  'string-width',
  'ws',
  'zod',
];

/** What reads the configuration, and what checks the answers of workers. */
const configuration = ['croner', 'zod'];
const database = ['better-sqlite3', 'kysely'];
const daemon = ['chokidar', 'fastify', 'pino', 'ws'];

/** The files that a process has loaded, as V8 reports them at its end. */
function loadedFiles(coverage: string): string[] {
  const reports = readdirSync(coverage).map((name) => readFileSync(path.join(coverage, name), 'utf8'));
  const urls = reports.flatMap((text) =>
    (JSON.parse(text).result as Array<{ url: string }>).map(({ url }) => url),
  );
  return urls.filter((url) => url.startsWith('file:')).map((url) => fileURLToPath(url));
}

/** The packages that a file belongs to, or has in it: the build begins each module with its path. */
function packagesIn(file: string): string[] {
  const modules = file.includes('node_modules')
    ? [file]
    : [...readFileSync(file, 'utf8').matchAll(/^\/\/ (node_modules\/.*)$/gm)].map(
        ([, module = '']) => module,
      );
  return modules.map((module) =>
    module.replace(/^.*node_modules[\\/]/, '').replace(/^((?:@[^\\/]+[\\/])?[^\\/]+).*$/, '$1'),
  );
}

/** The heavy packages that a command loads in its own process, run in a workspace with these files. */
async function loadedBy(
  words: readonly string[],
  files: Record<string, string>,
  input: string,
): Promise<string[]> {
  const coverage = path.join(temporaryFolder(), 'coverage');
  mkdirSync(coverage);
  const { folder } = makeWorkspace(files);
  const { code, stderr } = await spawnMessenger(folder, words, input, { NODE_V8_COVERAGE: coverage });
  expect([code, stderr]).toEqual([0, '']);
  const loaded = new Set(loadedFiles(coverage).flatMap(packagesIn));
  return heavy.filter((name) => loaded.has(name));
}

const handler = { 'bots/Hello.ts': exactBot('Hello', '!hello', posting("'Hi!'")) };

test.each<[words: string[], packages: string[], files?: Record<string, string>, input?: string]>([
  [['--version'], []],
  [['--help'], []],
  [['bots', '--help'], []],
  [['make:bot', 'HelloBot'], ['handlebars']],
  [['make:packaged-bot', 'Games'], ['handlebars']],
  [['test-resolve', 'Hello', '--defaults'], configuration, handler],
  [['bots'], [...configuration, ...database]],
  [['bots'], [...configuration, ...database], handler],
  [['failed'], [...configuration, ...database]],
  [
    ['user:token', 'Ada'],
    [...configuration, ...database],
  ],
  [['attach', 'Hello'], [...configuration, ...database], handler],
  [['simulate'], [...configuration, ...database, ...daemon], handler, 'hi\n'],
])(
  'messenger %j loads %j of the packages that take long to load',
  async (words, packages, files = {}, input = '') => {
    expect(await loadedBy(words, files, input)).toEqual([...packages].sort());
  },
);
