import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { build } from 'rolldown';
import { program } from '../rolldown.config.ts';
import { childFile, childNames } from './support/child-files.ts';

const sources = ['src', 'scripts', 'rolldown.config.ts', 'package.json'];

/**
 * Worker threads, the command line and the programs that tests start run from the build, so the build must be of these
 * sources.
 */
export default async function prepare(): Promise<void> {
  if (!isFresh('dist/cli/main.js', sources))
    execFileSync(process.execPath, ['--import', 'jiti/register', 'scripts/build.ts'], { stdio: 'inherit' });
  if (!isFresh(childFile('counter'), [...sources, 'test/support'])) await buildChildren();
}

async function buildChildren(): Promise<void> {
  const input = childNames.map((name) => `test/support/children/${name}.ts`);
  await build({ ...program, input, plugins: [], output: { ...program.output, dir: 'dist/test' } });
}

/** Whether nothing was saved since a file was built. */
function isFresh(built: string, from: readonly string[]): boolean {
  if (!existsSync(built)) return false;
  const made = statSync(built).mtimeMs;
  return from.flatMap(withContents).every((file) => statSync(file).mtimeMs < made);
}

/** A file, or a folder with everything in it: a file that went changes its folder. */
const withContents = (file: string): string[] =>
  statSync(file).isDirectory()
    ? [file, ...readdirSync(file, { recursive: true, encoding: 'utf8' }).map((name) => path.join(file, name))]
    : [file];
