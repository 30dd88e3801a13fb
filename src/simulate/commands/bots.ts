import type { ShownBotJson } from '../../client/index.ts';
import { type Command, type CompletionData, firstWord } from '../command.ts';
import { botNamed, loadBots } from '../load-bots.ts';
import { groupOf, reject, type Session } from '../session.ts';
import { actionsOf } from '../visible-actions.ts';

const botNames = ({ bots }: CompletionData): string[] => bots.map(({ name }) => name);

/** The defaults of a new bot. */
export const newBot = { enabled: true, hide_actions: false, cooldown: 0 };

/** Commands for the bots of the open group. */
export const botCommands: readonly Command[] = [
  {
    name: 'bot',
    usage: 'add|on|off|remove NAME',
    summary: 'create a bot in this group, turn it on or off, or remove it',
    isRecorded: true,
    choices: (known, before) => (before.length === 0 ? ['add', 'on', 'off', 'remove'] : botNames(known)),
    run: (session, rest) => {
      const [word, name] = firstWord(rest);
      const operation = name === '' || !Object.hasOwn(botOperations, word) ? undefined : botOperations[word];
      return operation ? operation(session, name) : reject('Usage: /bot add|on|off|remove NAME');
    },
  },
  { name: 'bots', usage: '', summary: 'list what is attached', run: listActions },
  {
    name: 'clear',
    usage: 'cooldowns',
    summary: 'end the cooldowns of all bots and actions of this group',
    isRecorded: true,
    choices: () => ['cooldowns'],
    run: async (session, rest) => {
      if (rest !== 'cooldowns') reject('Usage: /clear cooldowns');
      await session.manager.bots.clearCooldowns(groupOf(session));
      session.notice('Every bot and action may act again.');
      await session.refresh('bots');
    },
  },
];

const botOperations: Record<string, (session: Session, name: string) => Promise<void>> = {
  add: async (session, name) => {
    await session.manager.bots.create(groupOf(session), { name, ...newBot });
    await session.refresh('bots');
    session.notice(`${name} is here. /attach gives it something to do.`);
  },
  on: (session, name) => enable(session, name, true),
  off: (session, name) => enable(session, name, false),
  remove: removeBot,
};

async function enable(session: Session, given: string, enabled: boolean): Promise<void> {
  const bot = botNamed(await loadBots(session), given);
  const { id, thread_id, name, hide_actions, cooldown } = bot;
  await session.manager.bots.update(thread_id, id, { name, hide_actions, cooldown, enabled });
  session.notice(`${name} is ${enabled ? 'on' : 'off'}.`);
  await session.refresh('bots');
}

/** Removes a bot of the open group with everything that is attached to it. */
export async function removeBot(session: Session, name: string): Promise<void> {
  const { id, thread_id } = botNamed(await loadBots(session), name);
  await session.manager.bots.remove(thread_id, id);
  session.notice(`${name} is removed.`);
  await session.refresh('bots');
}

/** The triggers of an action, as lists show them. */
export const triggersOf = ({ triggers }: { triggers: readonly string[] }): string =>
  triggers.join('|') || 'any message';

const actionLines = (bot: ShownBotJson): string[] =>
  actionsOf(bot).map((action) => `${bot.name}: ${action.handler.alias} [ ${triggersOf(action)} ]`);

async function listActions(session: Session): Promise<void> {
  const lines = (await loadBots(session)).flatMap(actionLines);
  session.show(lines.join('\n') || 'Nothing is attached. /handlers lists what can be.');
}
