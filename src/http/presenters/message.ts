import type { FileKind } from '../../domain/file-kind.ts';
import { kindOfMessage } from '../../domain/file-kind.ts';
import { isSystemMessage, type Message, messageTypes } from '../../domain/message.ts';
import type { MessageView } from '../../services/message-views.ts';
import type { Look } from './look.ts';
import { presentOwner, presentProvider, sizes } from './provider.ts';
import { presentReactions } from './reaction.ts';
import { presentThreadName, presentThreadType, threadAvatar } from './thread-name.ts';

/** What is known of a message only when it was stored just now. */
export interface JustStored {
  /** What the client that sent it calls it. */
  temporaryId?: string | undefined;
}

const typeNames = new Map(Object.entries(messageTypes).map(([name, type]) => [type as number, name]));

/** The name of a type of message; the original says this of one it does not know. */
const typeName = (type: number): string => typeNames.get(type) ?? 'MESSAGE';

/** A message with what is shown with it; `stored` in the answer and the broadcast of its own store only. */
export function presentMessage(view: MessageView, look: Look, stored?: JustStored): Record<string, unknown> {
  const { message, owner, reactions, isWhole } = view;
  const isReacted = reactions.length > 0;
  return {
    id: message.id,
    thread_id: message.threadId,
    ...presentOwner(message.owner),
    owner: presentProvider(owner, look),
    type: message.type,
    type_verbose: typeName(message.type),
    system_message: isSystemMessage(message.type),
    from_bot: message.owner.type === 'bot',
    body: look.text(message.body),
    edited: message.edited,
    reacted: isReacted,
    embeds: stored === undefined,
    extra: message.extra,
    created_at: message.createdAt,
    updated_at: message.updatedAt,
    meta: presentMeta(view, look),
    ...(stored?.temporaryId === undefined ? {} : { temporary_id: stored.temporaryId }),
    ...(message.edited ? { edited_history_route: `${pathOf(message)}/history` } : {}),
    ...(isWhole && isReacted ? { reactions: presentReactions(reactions, look) } : {}),
    ...presentFile(message),
    ...(isWhole ? presentReply(view, look) : {}),
  };
}

const pathOf = ({ threadId, id }: Message): string => `/api/messenger/threads/${threadId}/messages/${id}`;

const presentMeta = ({ thread }: MessageView, look: Look) => ({
  thread_id: thread.id,
  ...presentThreadType(thread, 'thread_'),
  ...(thread.kind === 'group'
    ? { thread_name: presentThreadName(thread, null, look), thread_avatar: threadAvatar(thread) }
    : {}),
});

function presentReply({ message, replyTo }: MessageView, look: Look) {
  if (message.replyToId === null) return {};
  return { reply_to_id: message.replyToId, reply_to: replyTo && presentMessage(replyTo, look) };
}

/** The folders of the files of messages, in the paths under which they are fetched. */
export const assetFolders: Readonly<Record<FileKind, string>> = {
  image: 'gallery',
  document: 'files',
  audio: 'audio',
  video: 'videos',
};

function presentFile(message: Message) {
  const kind = kindOfMessage(message.type);
  if (kind === undefined) return {};
  const file = encodeURIComponent(message.body);
  const folder = `/messenger/assets/threads/${message.threadId}/${assetFolders[kind]}/${message.id}`;
  return { [kind]: kind === 'image' ? sizes((size) => `${folder}/${size}/${file}`) : `${folder}/${file}` };
}
