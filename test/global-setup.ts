import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const built = 'dist/cli/main.js';
const sources = ['src', 'scripts', 'rolldown.config.ts', 'package.json'];

/** Worker threads and the command line run from the build, so the build must be of these sources. */
export default function build(): void {
  if (isFresh()) return;
  execFileSync(process.execPath, ['--import', 'jiti/register', 'scripts/build.ts'], { stdio: 'inherit' });
}

/** Whether nothing was saved since the last build. */
function isFresh(): boolean {
  if (!existsSync(built)) return false;
  const made = statSync(built).mtimeMs;
  return sources.flatMap(withContents).every((file) => statSync(file).mtimeMs < made);
}

/** A file, or a folder with everything in it: a file that went changes its folder. */
const withContents = (file: string): string[] =>
  statSync(file).isDirectory()
    ? [file, ...readdirSync(file, { recursive: true, encoding: 'utf8' }).map((name) => path.join(file, name))]
    : [file];
