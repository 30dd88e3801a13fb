import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { findWorkspace, type Workspace } from '../../src/config/workspace.ts';
import { removeFolder } from './temporary-folder.ts';

/**
 * A workspace of its own in a temporary folder, removed after the test.
 *
 * @param files what is in it, by relative path: `{ 'bots/HelloBot.ts': '…' }`
 */
export function makeWorkspace(files: Record<string, string> = {}): Workspace {
  const folder = mkdtempSync(path.join(tmpdir(), 'messenger-'));
  onTestFinished(() => removeFolder(folder));
  mkdirSync(path.join(folder, 'bots'));
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return findWorkspace(folder);
}
