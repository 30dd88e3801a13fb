import { createError } from '../../../base/errors.ts';
import { asBotProvider } from '../../../domain/bot.ts';
import { botProfile } from '../../../domain/profile.ts';
import { storeRead } from '../../threads/mark-read.ts';
import { type Answerer, actor, runOnce } from './active-run.ts';

/** @throws NOT_FOUND for somebody who is not in the thread */
export const markRead: Answerer<'markRead'> = (active, { botId, userId, silent }, step) =>
  runOnce(active, 'markRead', step, async (store, current) => {
    const { context, thread } = current;
    const { events } = context;
    if (userId !== null) {
      const before = await store.participants.find(thread.id, userId);
      if (before === undefined) throw createError('NOT_FOUND', 'participant', userId);
      const participant = await storeRead(context, store, before);
      return { answer: null, emit: () => !silent && events.emit('ThreadRead', { thread, participant }) };
    }
    const [newest] = await store.messages.newest(thread.id, 1);
    const bot = await actor(current, botId, store);
    const emit = () => {
      if (newest === undefined || silent) return;
      const from = { from: asBotProvider(bot), profile: botProfile(bot) };
      events.emit('Read', { threadId: thread.id, ...from, messageId: newest.id });
    };
    return { answer: null, emit };
  });
