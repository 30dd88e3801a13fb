import { onTestFinished } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { Terminal } from './terminal.ts';

/** `messenger simulate` in a real terminal of a size. */
export function fullScreen(
  folder: string,
  name: string,
  size: readonly [number, number] = [80, 24],
): Terminal {
  const simulate = `'${process.execPath}' '${packageFile('bin/messenger.js')}' simulate --as ${name}`;
  const terminal = new Terminal(`${simulate}; echo left with $?; exec cat`, size, folder);
  onTestFinished(async () => {
    try {
      // Its daemon writes into the folder until it has ended.
      if (!(await terminal.shown()).includes('left with')) await terminal.press('C-c');
      await terminal.until('left with');
    } finally {
      await terminal.close();
    }
  });
  return terminal;
}
