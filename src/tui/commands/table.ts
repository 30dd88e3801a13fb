import { say } from '../actions/sending.ts';
import type { Controller } from '../controller.ts';
import { botCommands } from './bots.ts';
import type { Command } from './command.ts';
import { peopleCommands } from './people.ts';
import { talkCommands } from './talk.ts';
import { workspaceCommands } from './workspace.ts';

/** All commands, in the order of the help and the docs. */
export const commands: readonly Command[] = [
  ...peopleCommands,
  ...botCommands,
  ...talkCommands,
  ...workspaceCommands,
];

/** A command with its arguments, as the user writes it. */
export const written = ({ name, usage }: Command): string => `/${name}${usage && ` ${usage}`}`;

/** Runs a line: a command, or else a message. `//` starts a message that begins with a slash. */
export async function runLine(controller: Controller, line: string): Promise<void> {
  const [, name, rest = ''] = /^\/([^\s/]\S*)\s*(.*)$/s.exec(line) ?? [];
  await controller.attempt(async () => {
    if (name === undefined) return say(controller, line.replace(/^\/\//, '/'));
    const command = commands.find((each) => each.name === name);
    if (command?.usage === '' && rest.trim() !== '')
      return controller.toast(`/${name} takes nothing after it. Nothing was done.`, 'bad');
    if (command) await command.run(controller, rest.trim());
    else controller.toast(`There is no command /${name}; //${name} sends it as a message.`, 'bad');
  });
}
