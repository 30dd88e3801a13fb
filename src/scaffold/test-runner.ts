import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isRecord } from '../base/is-record.ts';

/** What runs the tests of a project. */
export type TestRunner = 'vitest' | 'node';

/** The runner of a folder's project: vitest if its package.json, or one above, lists it; otherwise that of Node. */
export function testRunnerOf(folder: string): TestRunner {
  if (listsVitest(path.join(folder, 'package.json'))) return 'vitest';
  const parent = path.dirname(folder);
  return parent === folder || existsSync(path.join(folder, '.git')) ? 'node' : testRunnerOf(parent);
}

/** The command that runs the test in a file. Node itself cannot load TypeScript in all its versions. */
export const testCommand = (runner: TestRunner, file: string): string =>
  runner === 'vitest' ? `npx vitest run ${file}` : `node --import jiti/register --test ${file}`;

function listsVitest(file: string): boolean {
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(file, 'utf8'));
    return [dependencies, devDependencies].some((list) => isRecord(list) && 'vitest' in list);
  } catch {
    // There is none, or one that npm would reject.
    return false;
  }
}
