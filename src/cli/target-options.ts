import type { Command } from 'commander';
import { userName } from './user-name.ts';

/** Options of every command that acts in a group as a person. */
export interface TargetOptions {
  thread?: string;
  as: string;
  json?: boolean;
}

/** Adds `--thread`, `--as` and `--json` to a command. */
export const withTarget = (
  command: Command,
  printed: string,
  who = 'the person to act as, who must be allowed to manage bots there',
): Command =>
  command
    .option('--thread <name>', 'name or id of the group; by default the playground')
    .option('--as <user>', who, userName())
    .option('--json', `print ${printed} as JSON`);
