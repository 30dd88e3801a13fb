import { createError } from '../../../base/errors.ts';
import { checkBody } from '../../../domain/outgoing.ts';
import { newMessage, storeMessage } from '../../messages/send-message.ts';
import { storeReaction } from '../../reactions/store-reaction.ts';
import { storeRead } from '../../threads/mark-read.ts';
import { messageData } from '../handler-data.ts';
import { type Answerer, actor, runOnce } from './active-run.ts';

export const message: Answerer<'message'> = (active, { botId, body, replyToId, extra, silent }, step) =>
  runOnce(active, 'message', step, async (store, current) => {
    const { context, thread } = current;
    checkBody(body, context.settings.messageLimit);
    const owner = await actor(current, botId, store);
    const stored = await storeMessage(
      store,
      newMessage(context, { thread, owner, outgoing: { body, replyToId, extra } }),
    );
    const tell = () => {
      if (!silent) active.typing.delete(owner.id);
      context.events.emit('NewMessage', { thread, message: stored, silent });
    };
    return { answer: messageData(stored), tell };
  });

/** @throws NOT_FOUND for a message of another thread */
export const reaction: Answerer<'reaction'> = (active, { botId, messageId, reaction: emoji, silent }, step) =>
  runOnce(active, 'reaction', step, async (store, current) => {
    const target = await store.messages.find(messageId);
    if (target?.threadId !== active.thread.id)
      throw createError('NOT_FOUND', 'message', messageId, 'this thread');
    const owner = await actor(current, botId, store);
    const added = await storeReaction(active.context, { store, message: target, owner, text: emoji });
    const tell = () =>
      active.context.events.emit('ReactionAdded', { message: target, reaction: added, silent });
    return { answer: { id: added.id, messageId, reaction: added.reaction }, tell };
  });

export const archive: Answerer<'archive'> = (active, { messageIds, silent }, step) =>
  runOnce(active, 'archive', step, async (store) => {
    const { context, thread } = active;
    const archived = await store.messages.archive(thread.id, messageIds, context.clock.now());
    const tell = () => {
      for (const messageId of archived) {
        context.events.emit('MessageArchived', { threadId: thread.id, messageId, silent });
      }
    };
    return { answer: { archived: archived.length }, tell };
  });

/** @throws NOT_FOUND for somebody who is not in the thread */
export const markRead: Answerer<'markRead'> = (active, { botId, userId, silent }, step) =>
  runOnce(active, 'markRead', step, async (store, current) => {
    const { context, thread } = current;
    const { events } = context;
    if (userId !== null) {
      const before = await store.participants.find(thread.id, userId);
      if (before === undefined) throw createError('NOT_FOUND', 'participant', userId);
      const participant = await storeRead(context, store, before);
      return { answer: null, tell: () => !silent && events.emit('ThreadRead', { thread, participant }) };
    }
    const [newest] = await store.messages.newest(thread.id, 1);
    const from = await actor(current, botId, store);
    const tell = () => {
      if (newest && !silent) events.emit('Read', { threadId: thread.id, from, messageId: newest.id });
    };
    return { answer: null, tell };
  });
