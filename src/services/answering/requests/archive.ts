import { type Answerer, runOnce } from './active-run.ts';

export const archive: Answerer<'archive'> = (active, { messageIds, silent }, step) =>
  runOnce(active, 'archive', step, async (store) => {
    const { context, thread } = active;
    const archived = await store.messages.archive(thread.id, messageIds, context.clock.now());
    const emit = () => {
      for (const messageId of archived) {
        context.events.emit('MessageArchived', { threadId: thread.id, messageId, silent });
      }
    };
    return { answer: { archived: archived.length }, emit };
  });
