import { commandLine, shellWord } from '../../base/command-line.ts';
import { switchesBotsOff } from '../../config/bots-switch.ts';
import type { Config } from '../../config/schema.ts';
import type { Message } from '../../domain/message.ts';
import { playgroundName, type Thread, threadName } from '../../domain/thread.ts';
import { attachParameters } from '../../services/bots/attach-command.ts';
import { attachedHandlers } from '../../services/bots/handlers-of.ts';
import type { ExplainContext } from '../../services/explaining/explanation.ts';

/** What opening a playground in memory says. */
export const playgroundNotes = (errors: ReadonlyArray<{ message: string }>): string[] => [
  `There is no ${playgroundName} yet: these are the actions with which "${commandLine('simulate')}" creates it.`,
  ...errors.map(({ message }) => message),
];

/** Where a message reads differently now than it did to bots. */
export const editedNotes = ({ body }: Pick<Message, 'body'>, seen: string): string[] =>
  body === seen ? [] : ['The message was edited later. This is the text that bots saw.'];

/** The workspace's own handlers that no bot of a group has, each with the command that attaches it. */
export async function unattachedNotes(
  { store, catalogue }: ExplainContext,
  thread: Thread,
): Promise<string[]> {
  const attached = await attachedHandlers({ store }, thread);
  const where =
    thread.subject === playgroundName ? '' : ` --thread ${shellWord(thread.subject ?? thread.id)}`;
  return catalogue
    .own()
    .filter(({ alias }) => !attached.has(alias))
    .map((handler) => {
      const params = attachParameters(handler);
      const words = Object.keys(params).length === 0 ? '' : ` ${shellWord(JSON.stringify(params))}`;
      const command = commandLine(`attach ${handler.alias}${words}${where}`);
      return `${handler.alias} is attached to no bot of ${threadName(thread)}: ${command}`;
    });
}

/** Where no daemon answers and the configuration does not have bots on: who answers all the same. */
export function botsNotes(config: Config): string[] {
  if (config.bots.enabled) return [];
  const switching = `"${commandLine('simulate')}" and "${commandLine('send')}"`;
  if (switchesBotsOff(config))
    return [`${switching} answer all the same: they switch bots on for themselves.`];
  return [
    `This is how ${switching} answer, which switch bots on for themselves. A daemon answers only with MESSENGER_BOTS_ENABLED=true, or bots.enabled in messenger.config.ts.`,
  ];
}
