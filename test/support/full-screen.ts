import { onTestFailed, onTestFinished } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { Tmux } from './tmux.ts';

/** `messenger simulate` in a real terminal of a size. Where a test fails, what stood on it is told. */
export async function fullScreen(
  folder: string,
  name: string,
  size: readonly [number, number] = [80, 24],
): Promise<Tmux> {
  const terminal = new Tmux();
  onTestFailed(() => console.log(terminal.last));
  onTestFinished(async () => {
    // Its daemon writes into the folder until it has ended.
    if (!(await terminal.shown()).includes('left with')) await terminal.press('C-c');
    await terminal.until('left with');
    await terminal.close();
  });
  const simulate = `'${process.execPath}' '${packageFile('bin/messenger.js')}' simulate --as ${name}`;
  await terminal.start(`cd '${folder}'; ${simulate}; echo left with $?; exec cat`, size);
  return terminal;
}
