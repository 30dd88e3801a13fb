import type { MessageJson, MessageMetaJson, QuotedMessageJson } from '../../api/message.ts';
import { type FileKind, kindOfMessage } from '../../domain/file-kind.ts';
import { isSystemMessage, type Message, messageTypes } from '../../domain/message.ts';
import type { MessageView } from '../../services/messages/message-views.ts';
import { presentOwner } from './person.ts';
import { avatarBelow, presentProvider } from './provider.ts';
import { presentReactions } from './reaction.ts';
import { presentThreadName, threadTypes } from './thread-name.ts';

/** Details that exist only for a message that was just stored. */
export interface JustStored {
  /** The id that the sending client chose. */
  temporaryId?: string | undefined;
}

const typeNames = new Map(Object.entries(messageTypes).map(([name, type]): [number, string] => [type, name]));

/**
 * A message with everything shown along with it.
 *
 * @param stored only in the answer to the request that stored it, and in its broadcast
 */
export function presentMessage(view: MessageView, stored?: JustStored): MessageJson {
  const { reactions, replyTo, message } = view;
  return {
    ...presentAlone(view, stored),
    ...(reactions.length > 0 && ({ reactions: presentReactions(reactions) } satisfies Partial<MessageJson>)),
    ...(message.replyToId !== null &&
      ({
        reply_to_id: message.replyToId,
        reply_to: replyTo && presentAlone(replyTo),
      } satisfies Partial<MessageJson>)),
  };
}

/** A message without its reactions and the message it replies to, as thread lists and replies show it. */
export function presentAlone(
  { message, thread, owner, reactions }: MessageView,
  stored?: JustStored,
): QuotedMessageJson {
  return {
    id: message.id,
    thread_id: message.threadId,
    ...presentOwner(message.owner),
    owner: presentProvider(owner),
    type: message.type,
    type_verbose: typeNames.get(message.type) ?? 'UNKNOWN',
    system_message: isSystemMessage(message.type),
    from_bot: message.owner.type === 'bot',
    body: message.body,
    edited: message.edited,
    reacted: reactions.length > 0,
    embeds: stored === undefined && message.type === messageTypes.MESSAGE,
    extra: message.extra,
    created_at: message.createdAt,
    updated_at: message.updatedAt,
    meta: presentMeta(thread),
    ...(stored?.temporaryId !== undefined &&
      ({ temporary_id: stored.temporaryId } satisfies Partial<MessageJson>)),
    ...(message.edited &&
      ({ edited_history_route: `${pathOf(message)}/history` } satisfies Partial<MessageJson>)),
    ...presentFile(message),
  };
}

const pathOf = ({ threadId, id }: Message): string => `/api/messenger/threads/${threadId}/messages/${id}`;

function presentMeta(thread: MessageView['thread']): MessageMetaJson {
  const { type, verbose } = threadTypes[thread.kind];
  const meta = { thread_id: thread.id, thread_type: type, thread_type_verbose: verbose };
  if (thread.kind === 'private') return meta;
  const { name, avatar } = presentThreadName(thread, null);
  return { ...meta, thread_name: name, thread_avatar: avatar };
}

/** The folders of message files, as they appear in the paths of downloads. */
export const assetFolders: Readonly<Record<FileKind, string>> = {
  image: 'gallery',
  document: 'files',
  audio: 'audio',
  video: 'videos',
};

function presentFile({ id, threadId, type, body }: Message): Pick<MessageJson, FileKind> {
  const kind = kindOfMessage(type);
  if (kind === undefined) return {};
  const folder = `/messenger/assets/threads/${threadId}/${assetFolders[kind]}/${id}`;
  if (kind === 'image') return { image: avatarBelow(folder, body) };
  const fields: Pick<MessageJson, typeof kind> = {};
  fields[kind] = `${folder}/${body}`;
  return fields;
}
