import { onTestFinished } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { Terminal } from './terminal.ts';

/** A shell in a real terminal, with job control, which has printed fifty lines. */
export async function shell(folder: string, size: readonly [number, number] = [80, 24]): Promise<Terminal> {
  const terminal = new Terminal("PS1='$ ' exec bash --norc --noprofile -i", size, folder);
  onTestFinished(() => terminal.close());
  await terminal.until('$');
  await terminal.type('for each in {1..50}; do echo "printed $each"; done');
  await terminal.press('Enter');
  await terminal.until('printed 50');
  return terminal;
}

/** The line that starts `messenger simulate` in a shell. */
export const simulateLine = (name: string): string =>
  `'${process.execPath}' '${packageFile('bin/messenger.js')}' simulate --as ${name}; echo left with $?`;

/** `messenger simulate` in a real terminal of a size, with more options. */
export function fullScreen(
  folder: string,
  name: string,
  size: readonly [number, number] = [80, 24],
  options = '',
): Terminal {
  const simulate = `'${process.execPath}' '${packageFile('bin/messenger.js')}' simulate --as ${name} ${options}`;
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
