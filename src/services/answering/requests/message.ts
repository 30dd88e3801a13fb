import { asBotProvider } from '../../../domain/bot.ts';
import { checkBody } from '../../../domain/outgoing.ts';
import { botProfile } from '../../../domain/profile.ts';
import { newMessage, storeMessage } from '../../messages/send-message.ts';
import { messageData } from '../handler-data.ts';
import { type Answerer, actor, runOnce } from './active-run.ts';

export const message: Answerer<'message'> = (active, { botId, body, replyToId, extra, silent }, step) =>
  runOnce(active, 'message', step, async (store, current) => {
    const { context, thread } = current;
    checkBody(body, context.settings().messageLimit);
    const bot = await actor(current, botId, store);
    const stored = await storeMessage(
      store,
      newMessage(context, { thread, owner: asBotProvider(bot), outgoing: { body, replyToId, extra } }),
    );
    const emit = () => {
      if (!silent) active.typing.delete(bot.id);
      context.events.emit('NewMessage', { thread, ...stored, profile: botProfile(bot), silent });
    };
    return { answer: messageData(stored.message), emit };
  });
