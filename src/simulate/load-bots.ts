import type { ShownBotJson } from '../client/index.ts';
import { groupOf, reject, type Session } from './session.ts';

/** The bots of the open group with their actions, oldest first. */
export async function loadBots(session: Session): Promise<ShownBotJson[]> {
  const threadId = groupOf(session);
  const { bots } = session.manager;
  const listed = await bots.list(threadId);
  return Promise.all(listed.map(({ id }) => bots.show(threadId, id)));
}

/**
 * The bot of the open group with this name or id.
 *
 * @throws WRONG_USE
 */
export const botNamed = <Bot extends { id: string; name: string }>(bots: readonly Bot[], name: string): Bot =>
  bots.find((bot) => bot.name === name) ??
  bots.find((bot) => bot.id === name) ??
  reject(`There is no bot "${name}" here.`);
