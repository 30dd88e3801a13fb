import type { Page, PageQuery } from '../../../authoring/requests.ts';
import { timestamp } from '../../../base/clock.ts';
import type { Bot } from '../../../domain/bot.ts';
import { type Message, messageTypes } from '../../../domain/message.ts';
import { canSeeActions } from '../../../domain/permission.ts';
import { handlersOf } from '../../bots/handlers-of.ts';
import { inviteData } from '../../threads/invites.ts';
import { actionData, botData, messageData } from '../handler-data.ts';
import type { ActiveRun, Answerer } from './active-run.ts';

const defaultLimit = 50;
const maxLimit = 100;

/** A bot shows the sender only what the sender may see of other bots. */
export const bots: Answerer<'bots'> = async ({ context, thread, message }) => {
  const { store } = context;
  const listed = await store.bots.inThread(thread.id);
  await context.catalogue.whenKnown(handlersOf(listed));
  const reader = await store.participants.find(thread.id, message.owner.id);
  const isSeen = (bot: Bot) => canSeeActions(thread, reader, bot.hideActions);
  return listed.map(({ bot, actions }) => ({
    ...botData(bot),
    actions: (isSeen(bot) ? actions : []).flatMap((action) => {
      const handler = context.catalogue.find(action.handler);
      return handler ? [{ ...actionData(action, handler), name: handler.name }] : [];
    }),
  }));
};

export const participants: Answerer<'participants'> = async ({ context: { store }, thread }) => {
  const people = await store.participants.inThread(thread.id);
  return people.map(({ participant, name }) => ({
    id: participant.id,
    user: { type: 'user', id: participant.userId, name },
    admin: participant.admin,
    manageBots: participant.admin || participant.permissions.manageBots,
  }));
};

export const messages: Answerer<'messages'> = async (active, query) =>
  mapPage(await page(active, query, {}), messageData);

export const documents: Answerer<'documents'> = async (active, { name, ...query }) =>
  mapPage(await page(active, query, { type: messageTypes.DOCUMENT_MESSAGE, body: name }), (message) => ({
    ...messageData(message),
    url: `/messenger/assets/threads/${message.threadId}/files/${message.id}/${encodeURIComponent(message.body)}`,
  }));

export const invites: Answerer<'invites'> = async ({ context: { store, clock }, thread }) =>
  (await store.invites.valid(thread.id, timestamp(clock.milliseconds()))).map(inviteData);

async function page(
  { context: { store }, thread }: ActiveRun,
  { before, limit = defaultLimit }: PageQuery,
  filter: { type?: number; body?: string | undefined },
): Promise<Page<Message>> {
  const size = Math.min(Math.max(Math.trunc(limit), 1), maxLimit);
  const older = before ? ((await store.messages.find(before))?.sequence ?? 0) : undefined;
  // Reading one more than requested shows whether there is a next page.
  const found = await store.messages.page(thread.id, { ...filter, older, limit: size + 1 });
  const items = found.slice(0, size);
  return { items, next: found.length > size ? (items.at(-1)?.id ?? null) : null };
}

const mapPage = <From, To>({ items, next }: Page<From>, map: (item: From) => To): Page<To> => ({
  items: items.map(map),
  next,
});
