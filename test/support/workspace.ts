import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { findWorkspace, type Workspace } from '../../src/config/workspace.ts';
import { compileAhead } from './compile-ahead.ts';
import { temporaryFolder, writeFiles } from './temporary-folder.ts';

/**
 * A workspace of its own in a temporary folder, removed after the test.
 *
 * @param files what is in it, by relative path: `{ 'bots/HelloBot.ts': '…' }`
 */
export function makeWorkspace(files: Record<string, string> = {}): Workspace {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'bots'));
  writeFiles(folder, files);
  compileAhead(folder, Object.keys(files));
  return findWorkspace(folder);
}
