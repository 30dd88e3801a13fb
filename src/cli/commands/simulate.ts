import type { Command } from 'commander';
import { simulate } from '../simulate/simulate.ts';

/** `messenger simulate` */
export const define = (command: Command): Command =>
  command
    .option('--as <name>', 'who you are; by default your name on this machine')
    .option('--json', 'print every event as one line of JSON')
    .addHelpText(
      'after',
      `
Opens a playground group: bots are on, you are its admin, and every handler of bots/ that needs no
parameters is attached. Each line you type is a message; /help lists the commands.
Without a terminal, lines come from standard input, each is answered before the next one is read,
and the end of input ends the simulation.

Example:
  $ messenger simulate
  $ printf 'hi there\\n' | messenger simulate --json`,
    )
    .action(simulate);
