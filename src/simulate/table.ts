import type { Command } from './command.ts';
import { actionCommands } from './commands/actions.ts';
import { attachCommands } from './commands/attach.ts';
import { botCommands } from './commands/bots.ts';
import { clockCommands } from './commands/clock.ts';
import { findingCommands } from './commands/finding.ts';
import { messageCommands } from './commands/messages.ts';
import { packageCommands } from './commands/packages.ts';
import { peopleCommands } from './commands/people.ts';
import { recordCommands } from './commands/record.ts';
import { replayCommands } from './commands/replay.ts';
import { resetCommands } from './commands/reset.ts';
import { workspaceCommands } from './commands/workspace.ts';
import { reject, type Session } from './session.ts';

/** All slash commands, in the order of the help and the docs. */
export const commands: readonly Command[] = [
  ...peopleCommands,
  ...botCommands,
  ...attachCommands,
  ...actionCommands,
  ...packageCommands,
  ...messageCommands,
  ...findingCommands,
  ...clockCommands,
  ...recordCommands,
  ...replayCommands,
  ...resetCommands,
  ...workspaceCommands,
];

/** A slash command with its arguments. */
const command = /^\/([^\s/]\S*)\s*(.*)$/s;

/** Whether a line is a command and not a message. */
export const isCommand = (line: string): boolean => command.test(line);

/**
 * Runs a line: a command, or else a message. `//` starts a message that begins with a slash.
 *
 * @throws WRONG_USE, and what the command throws
 */
export async function runLine(session: Session, line: string): Promise<void> {
  const [, name, rest = ''] = command.exec(line) ?? [];
  if (name === undefined) return session.say(line.replace(/^\/\//, '/'));
  const found =
    commands.find((each) => each.name === name) ??
    reject(`There is no command /${name}. /help lists them; //${name} sends it as a message.`);
  const argumentsText = rest.trim();
  if (found.usage === '' && argumentsText !== '')
    reject(`/${name} takes nothing after it, and "${argumentsText}" was given. Nothing was done.`);
  await (found.isRecorded ? runRecorded(found, session, argumentsText) : found.run(session, argumentsText));
}

/** Runs a command, and notes it if the group is being recorded and the command was done. */
async function runRecorded({ name, run }: Command, session: Session, argumentsText: string): Promise<void> {
  const { recording } = session.host;
  const isHere = recording?.threadId === session.threadId;
  const takeBack = isHere
    ? recording?.command(session.myName, `/${name} ${argumentsText}`.trim())
    : undefined;
  try {
    await run(session, argumentsText);
    if (session.isAsking) takeBack?.();
  } catch (error) {
    takeBack?.();
    throw error;
  }
}
