import { attachAction } from '../services/bots/attach-action.ts';
import { createBot } from '../services/bots/create-bot.ts';
import { attachHandler, openPlayground } from '../services/bots/playground.ts';
import { installPackage } from '../services/packages/install-package.ts';
import { ensureParticipant, ensureUser } from '../services/users/people.ts';
import type { EngineChat } from '../testing/engine.ts';
import type { NamedBot, Setup, Transcript } from './transcript.ts';

/**
 * Puts into a group what is there before a transcript begins.
 *
 * @throws what attaching and installing throw
 */
export async function setUp(chat: EngineChat, { admins = [], bots }: Transcript): Promise<void> {
  const { thread, owner } = chat;
  for (const name of admins)
    await ensureParticipant(chat, { thread, user: await ensureUser(chat, name), admin: true });
  if (bots === undefined) await openPlayground(chat, owner.name);
  for (const each of bots ?? []) await setUpBot(chat, each);
}

async function setUpBot(chat: EngineChat, setup: Setup): Promise<void> {
  const { thread, owner: user } = chat;
  if ('install' in setup) await installPackage(chat, { thread, user, name: setup.install });
  else if ('handler' in setup) await attachHandler(chat, { thread, user, ...setup });
  else await createNamedBot(chat, setup);
}

async function createNamedBot(
  chat: EngineChat,
  { bot: name, actions, ...settings }: NamedBot,
): Promise<void> {
  const { thread, owner: user } = chat;
  const bot = await createBot(chat, { thread, user, fields: { name, ...settings } });
  for (const action of actions) await attachAction(chat, { thread, bot, user, ...action });
}
