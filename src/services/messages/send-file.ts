import { type FileKind, fileKinds } from '../../domain/file-kind.ts';
import { messageFile, storedName } from '../../domain/file-path.ts';
import type { Message } from '../../domain/message.ts';
import { canSendMessages } from '../../domain/permission.ts';
import { userProfile } from '../../domain/profile.ts';
import type { Thread } from '../../domain/thread.ts';
import { asProvider, type User } from '../../domain/user.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { storeFile } from '../files/store-file.ts';
import { assertPermitted } from '../participants/assert-permitted.ts';
import { locateThread } from '../threads/locate.ts';
import { newMessage, type OutgoingMessage, storePersonal } from './send-message.ts';

/** A validated file to send. */
export interface OutgoingFile extends Omit<OutgoingMessage, 'body'> {
  kind: FileKind;
  /** Its original name. */
  name: string;
  bytes: Uint8Array;
  /** The extension that matches its content. */
  extension: string;
}

/**
 * Sends a person's file as a message whose text is the name the file is stored under.
 *
 * @throws NOT_PERMITTED; STORAGE_UNUSABLE; NOT_LOCATED when the thread was removed
 */
export async function sendFile(
  context: Context,
  { thread, sender, file }: { thread: Thread; sender: User; file: OutgoingFile },
): Promise<Message> {
  const { store, settings, events } = context;
  const { kind, name, bytes, extension } = file;
  const check = async (store: Store): Promise<Thread> => {
    const now = await locateThread({ store }, thread.id);
    const participant = await store.participants.find(thread.id, sender.id);
    const isPermitted = settings().uploadsEnabled[kind] && canSendMessages(now, participant);
    assertPermitted(isPermitted, `Not authorized to upload ${kind} messages.`);
    return now;
  };
  await check(store);

  const body = storedName(name, extension);
  const { thread: now, ...stored } = await storeFile(context, {
    path: messageFile(thread.id, kind, body),
    bytes,
    claim: async (transaction) => {
      const now = await check(transaction);
      const draft = newMessage(context, { thread, owner: asProvider(sender), outgoing: { ...file, body } });
      const stored = await storePersonal(transaction, { ...draft, type: fileKinds[kind].messageType });
      return { thread: now, ...stored };
    },
  });
  const { temporaryId } = file;
  const profile = userProfile(sender);
  events.emit('NewMessage', { thread: now, ...stored, profile, silent: false, temporaryId });
  return stored.message;
}
