import { fileKinds } from '../../../domain/file-kind.ts';
import { messageFile, storedName } from '../../../domain/file-path.ts';
import { keepFile } from '../../files/store-file.ts';
import { judgeFile } from '../../files/validate-upload.ts';
import { newMessage, storeMessage } from '../../messages/send-message.ts';
import { permit } from '../../participants/assert-permitted.ts';
import { messageData } from '../handler-data.ts';
import { type Answerer, actor, once } from './active-run.ts';

export const upload: Answerer<'upload'> = (active, file, step) => {
  const { services } = active;
  const { kind, name, bytes } = file;
  let body = '';
  return once(
    active,
    'upload',
    step,
    async (store, current) => {
      const { thread } = current;
      const owner = await actor(current, file.botId, store);
      const draft = newMessage(services, thread, owner, { ...file, body });
      const message = await storeMessage(store, { ...draft, type: fileKinds[kind].messageType });
      const tell = () => {
        if (!file.silent) active.typing.delete(owner.id);
        services.events.emit('NewMessage', { thread, message, silent: file.silent });
      };
      return { answer: messageData(message), tell };
    },
    async (work) => {
      const { uploadsEnabled, uploadLimits, uploadTypes } = services.settings;
      permit(uploadsEnabled[kind], `Not authorized to upload ${kind} messages.`);
      body = storedName(name, await judgeFile(kind, name, bytes, uploadLimits[kind], uploadTypes[kind]));
      return keepFile(services, messageFile(active.thread.id, kind, body), bytes, work);
    },
  );
};
