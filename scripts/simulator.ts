import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageFile } from '../src/base/package-file.ts';
import { removeFolder } from '../test/support/remove-folder.ts';
import { Terminal } from '../test/support/terminal.ts';

/**
 * Runs `messenger simulate` on a real terminal, in a new workspace with the HelloBot of the examples, and removes
 * both afterwards.
 *
 * @param size columns and rows
 * @param work receives the terminal and the workspace's folder
 * @returns what `work` returns
 */
export async function inSimulator<Result>(
  size: readonly [number, number],
  work: (terminal: Terminal, folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), 'messenger-'));
  const simulate = `'${process.execPath}' '${packageFile('bin/messenger.js')}' simulate --as alice`;
  try {
    mkdirSync(path.join(folder, 'bots'));
    writeFileSync(
      path.join(folder, 'bots', 'HelloBot.ts'),
      readFileSync(packageFile('examples/bots/HelloBot.ts'), 'utf8'),
    );
    const terminal = new Terminal(simulate, size, folder);
    try {
      return await work(terminal, folder);
    } finally {
      await terminal.close();
    }
  } finally {
    await removeFolder(folder);
  }
}
