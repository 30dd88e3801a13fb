import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { DisposableStack } from '../../src/base/disposable-stack.ts';
import { removeFolder } from './remove-folder.ts';

/** Says when something ends: with the test (`onTestFinished`), or with the tests that share it ({@link endAfterAll}). */
export type AtEnd = (end: () => Promise<void> | void) => void;

/**
 * Ends what a `beforeAll` opens. To be asked for where tests are described: inside of a hook it is too late to
 * register another one.
 *
 * @example const atEnd = endAfterAll(); beforeAll(async () => { testGroup = await TestGroup.open({}, {}, atEnd); });
 */
export function endAfterAll(): AtEnd {
  const disposables = new DisposableStack();
  afterAll(() => disposables.dispose());
  return (end) => disposables.defer(end);
}

/** An empty folder, removed at the end. */
export function temporaryFolder(atEnd: AtEnd = onTestFinished): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'messenger-'));
  atEnd(() => removeFolder(folder));
  return folder;
}

/** Writes files below a folder by their relative paths. */
export function writeFiles(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
