import { failure } from '../base/errors.ts';
import type { Bot } from '../domain/bot.ts';
import type { Thread } from '../domain/thread.ts';
import type { User } from '../domain/user.ts';
import { checkBotManager } from './bot-rights.ts';
import type { Services } from './context.ts';
import { storeSystemMessage, tellOf } from './system-message.ts';

/** What can be changed of a bot. */
export type BotFields = Pick<Bot, 'name' | 'enabled' | 'hideActions' | 'cooldown'>;

const fieldNames = ['name', 'enabled', 'hideActions', 'cooldown'] as const;

/**
 * Changes a bot. Where nothing changes, nothing happens.
 *
 * @throws NOT_PERMITTED, NOT_LOCATED when it was removed meanwhile
 */
export async function updateBot(
  services: Services,
  thread: Thread,
  user: User,
  { bot, fields }: { bot: Bot; fields: BotFields },
): Promise<Bot> {
  await checkBotManager(services, thread, user, 'Not authorized to update bot.');
  if (fieldNames.every((name) => bot[name] === fields[name])) return bot;
  const updated = { ...bot, ...fields, updatedAt: services.clock.now() };
  const message = await services.store.transaction(async (transaction) => {
    if (!(await transaction.bots.update(updated))) throw failure('NOT_LOCATED', 'bot');
    await transaction.threads.botsChanged(thread.id);
    if (bot.name === updated.name) return null;
    const body = `renamed the BOT ( ${bot.name} ) to ${updated.name}`;
    return storeSystemMessage(services, transaction, thread, user, 'BOT_RENAMED', body);
  });
  tellOf(services, thread, message);
  services.events.emit('BotUpdated', { bot: updated, previousName: bot.name });
  return updated;
}
