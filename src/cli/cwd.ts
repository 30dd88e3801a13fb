import type { Command } from 'commander';
import { createError } from '../base/errors.ts';
import { systemReason } from '../base/system-error.ts';

/** A command line without `--cwd DIR`, and the folder. */
interface ExtractedFolder {
  words: string[];
  folder: string | undefined;
}

/**
 * Removes `--cwd DIR` or `--cwd=DIR` from a command line, anywhere before `--`.
 *
 * @throws WRONG_USE when the folder is missing or given twice
 * @example extractFolder(['bots', '--cwd', 'chat']) // { words: ['bots'], folder: 'chat' }
 */
export function extractFolder(given: readonly string[]): ExtractedFolder {
  const end = given.includes('--') ? given.indexOf('--') : given.length;
  const at = given.findIndex((word, index) => index < end && /^--cwd(?:=|$)/.test(word));
  if (at === -1) return { words: [...given], folder: undefined };
  const [, written] = /^--cwd=(.*)$/s.exec(given[at] ?? '') ?? [];
  const folder = written ?? given[at + 1];
  if (!folder || (written === undefined && at + 1 >= end))
    throw createError('WRONG_USE', 'Say which folder: --cwd DIR.');
  const rest = extractFolder(given.toSpliced(at, written === undefined ? 2 : 1));
  if (rest.folder !== undefined) throw createError('WRONG_USE', 'Give --cwd once.');
  return { words: rest.words, folder };
}

/**
 * Continues as if the command had been started in this folder.
 *
 * @throws WRONG_USE
 */
export function enterFolder(folder: string): void {
  try {
    process.chdir(folder);
  } catch (error) {
    throw createError(
      'WRONG_USE',
      `--cwd ${folder} cannot be used: ${systemReason(error) ?? 'it is not a folder'}.`,
    );
  }
}

/** Adds `--cwd` to the help of a command and its subcommands. It is removed before they parse their words. */
export function withFolder(command: Command): Command {
  command.option('--cwd <folder>', 'run as if started in this folder');
  for (const below of command.commands) withFolder(below);
  return command;
}
