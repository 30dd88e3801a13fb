import type { Command } from 'commander';

/** Rejects an option with two values, in a command and its subcommands: one value would be lost. */
export function rejectRepeated(command: Command): Command {
  for (const option of command.options.filter(({ required, optional }) => required || optional)) {
    let isGiven = false;
    command.on(`option:${option.name()}`, () => {
      if (isGiven) command.error(`error: option '${option.flags}' is given twice; give it once`);
      isGiven = true;
    });
  }
  for (const below of command.commands) rejectRepeated(below);
  return command;
}
