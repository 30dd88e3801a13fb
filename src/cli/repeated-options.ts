import type { Command } from 'commander';

/** Makes it an error to give an option with a value twice, of a command and of those below it: one would vanish. */
export function refuseRepeated(command: Command): Command {
  for (const option of command.options.filter(({ required, optional }) => required || optional)) {
    let isGiven = false;
    command.on(`option:${option.name()}`, () => {
      if (isGiven) command.error(`error: option '${option.flags}' is given twice; give it once`);
      isGiven = true;
    });
  }
  for (const below of command.commands) refuseRepeated(below);
  return command;
}
