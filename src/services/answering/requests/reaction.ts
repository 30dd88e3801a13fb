import { createError } from '../../../base/errors.ts';
import { asBotProvider } from '../../../domain/bot.ts';
import { botProfile } from '../../../domain/profile.ts';
import { storeReaction } from '../../reactions/store-reaction.ts';
import { type Answerer, actor, runOnce } from './active-run.ts';

/** @throws NOT_FOUND for a message of another thread */
export const reaction: Answerer<'reaction'> = (active, { botId, messageId, reaction: emoji, silent }, step) =>
  runOnce(active, 'reaction', step, async (store, current) => {
    const target = await store.messages.find(messageId);
    if (target?.threadId !== active.thread.id)
      throw createError('NOT_FOUND', 'message', messageId, 'this thread');
    const bot = await actor(current, botId, store);
    const owner = asBotProvider(bot);
    const added = await storeReaction(active.context, { store, message: target, owner, text: emoji });
    const { thread } = current;
    const emit = () =>
      active.context.events.emit('ReactionAdded', {
        thread,
        message: target,
        reaction: added,
        profile: botProfile(bot),
        silent,
      });
    return { answer: { id: added.id, messageId, reaction: added.reaction }, emit };
  });
