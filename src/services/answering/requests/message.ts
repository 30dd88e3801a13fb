import { checkBody } from '../../../domain/outgoing.ts';
import { newMessage, storeMessage } from '../../messages/send-message.ts';
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
    const emit = () => {
      if (!silent) active.typing.delete(owner.id);
      context.events.emit('NewMessage', { thread, message: stored, silent });
    };
    return { answer: messageData(stored), emit };
  });
