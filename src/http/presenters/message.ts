import { z } from 'zod';
import { type FileKind, kindOfMessage } from '../../domain/file-kind.ts';
import { isSystemMessage, type Message, messageTypes } from '../../domain/message.ts';
import type { MessageView } from '../../services/messages/message-views.ts';
import { presentOwner } from './person.ts';
import { avatarBelow, avatarSchema, presentProvider, providerSchema } from './provider.ts';
import { presentReactions, reactionsSchema } from './reaction.ts';
import { presentThreadName, threadTypes } from './thread-name.ts';

const messageFields = z.object({
  id: z.string(),
  thread_id: z.string(),
  owner_id: z.string(),
  owner_type: z.string(),
  owner: providerSchema,
  type: z.int(),
  type_verbose: z.string(),
  system_message: z.boolean(),
  from_bot: z.boolean(),
  body: z.string(),
  edited: z.boolean(),
  reacted: z.boolean(),
  embeds: z.boolean(),
  extra: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]).nullable(),
  created_at: z.string(),
  updated_at: z.string(),
  meta: z.object({
    thread_id: z.string(),
    thread_type: z.int(),
    thread_type_verbose: z.string(),
    thread_name: z.string().optional(),
    thread_avatar: avatarSchema.optional(),
  }),
  temporary_id: z.string().optional(),
  edited_history_route: z.string().optional(),
  image: avatarSchema.optional(),
  document: z.string().optional(),
  audio: z.string().optional(),
  video: z.string().optional(),
});

/** A message. What does not apply to it is left out. */
export const messageSchema = messageFields
  .extend({
    reactions: reactionsSchema.optional(),
    reply_to_id: z.string().optional(),
    reply_to: messageFields.nullable().optional(),
  })
  .meta({ id: 'Message' });
export type MessageAnswer = z.output<typeof messageSchema>;

/** What is known of a message only when it was stored just now. */
export interface JustStored {
  /** What the client that sent it calls it. */
  temporaryId?: string | undefined;
}

const typeNames = new Map(Object.entries(messageTypes).map(([name, type]): [number, string] => [type, name]));

/**
 * A message with what is shown with it.
 *
 * @param stored only in the answer to its own store, and in the broadcast of that
 */
export function presentMessage(view: MessageView, stored?: JustStored): MessageAnswer {
  const { reactions, replyTo, message } = view;
  return {
    ...presentAlone(view, stored),
    ...(reactions.length > 0 && { reactions: presentReactions(reactions) }),
    ...(message.replyToId !== null && {
      reply_to_id: message.replyToId,
      reply_to: replyTo && presentAlone(replyTo),
    }),
  };
}

/** A message without its reactions and what it answers, as lists of threads and answers show it. */
export function presentAlone(
  { message, thread, owner, reactions }: MessageView,
  stored?: JustStored,
): z.output<typeof messageFields> {
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
    ...(stored?.temporaryId !== undefined && { temporary_id: stored.temporaryId }),
    ...(message.edited && { edited_history_route: `${pathOf(message)}/history` }),
    ...presentFile(message),
  };
}

const pathOf = ({ threadId, id }: Message): string => `/api/messenger/threads/${threadId}/messages/${id}`;

function presentMeta(thread: MessageView['thread']) {
  const { type, verbose } = threadTypes[thread.kind];
  const meta = { thread_id: thread.id, thread_type: type, thread_type_verbose: verbose };
  if (thread.kind === 'private') return meta;
  const { name, avatar } = presentThreadName(thread, null);
  return { ...meta, thread_name: name, thread_avatar: avatar };
}

/** The folders of the files of messages, in the paths under which they are fetched. */
export const assetFolders: Readonly<Record<FileKind, string>> = {
  image: 'gallery',
  document: 'files',
  audio: 'audio',
  video: 'videos',
};

function presentFile({ id, threadId, type, body }: Message) {
  const kind = kindOfMessage(type);
  if (kind === undefined) return {};
  const folder = `/messenger/assets/threads/${threadId}/${assetFolders[kind]}/${id}`;
  return { [kind]: kind === 'image' ? avatarBelow(folder, body) : `${folder}/${body}` };
}
