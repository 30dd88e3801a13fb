import { asBotProvider } from '../../../domain/bot.ts';
import { fileKinds } from '../../../domain/file-kind.ts';
import { messageFile, storedName } from '../../../domain/file-path.ts';
import { botProfile } from '../../../domain/profile.ts';
import { storeFile } from '../../files/store-file.ts';
import { validateUpload } from '../../files/validate-upload.ts';
import { newMessage, storeMessage } from '../../messages/send-message.ts';
import { assertPermitted } from '../../participants/assert-permitted.ts';
import { messageData } from '../handler-data.ts';
import { type Answerer, actor, runOnce } from './active-run.ts';

export const upload: Answerer<'upload'> = (active, file, step) => {
  const { context } = active;
  const { kind, name, bytes } = file;
  let body = '';
  return runOnce(
    active,
    'upload',
    step,
    async (store, current) => {
      const { thread } = current;
      const bot = await actor(current, file.botId, store);
      const draft = newMessage(context, { thread, owner: asBotProvider(bot), outgoing: { ...file, body } });
      const stored = await storeMessage(store, { ...draft, type: fileKinds[kind].messageType });
      const emit = () => {
        if (!file.silent) active.typing.delete(bot.id);
        const { silent } = file;
        context.events.emit('NewMessage', { thread, ...stored, profile: botProfile(bot), silent });
      };
      return { answer: messageData(stored.message), emit };
    },
    async (work) => {
      const { uploadsEnabled, uploadLimits, uploadTypes } = context.settings();
      assertPermitted(uploadsEnabled[kind], `Not authorized to upload ${kind} messages.`);
      body = storedName(name, await validateUpload(kind, name, bytes, uploadLimits[kind], uploadTypes[kind]));
      return storeFile(context, { path: messageFile(active.thread.id, kind, body), bytes, claim: work });
    },
  );
};
