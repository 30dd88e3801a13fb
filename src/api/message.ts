import { z } from 'zod';
import { text } from '../domain/validation/text.ts';
import { pageOf, stretchOf } from './page.ts';
import { avatarSchema, providerSchema } from './provider.ts';
import { reactionsSchema } from './reaction.ts';
import { sendingFields } from './sending.ts';

/** The thread of a message. A private thread has no name of its own. */
const messageMetaSchema = z.object({
  thread_id: z.string(),
  thread_type: z.int(),
  thread_type_verbose: z.string(),
  thread_name: z.string().optional(),
  thread_avatar: avatarSchema.optional(),
});
export type MessageMetaJson = z.output<typeof messageMetaSchema>;

/** A message without its reactions and without the message it replies to. */
export const quotedMessageSchema = z.object({
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
  meta: messageMetaSchema,
  temporary_id: z.string().optional(),
  edited_history_route: z.string().optional(),
  image: avatarSchema.optional(),
  document: z.string().optional(),
  audio: z.string().optional(),
  video: z.string().optional(),
});
export type QuotedMessageJson = z.output<typeof quotedMessageSchema>;

/** A message. Fields that do not apply to it are left out. */
export const messageSchema = quotedMessageSchema
  .extend({
    reactions: reactionsSchema.optional(),
    reply_to_id: z.string().optional(),
    reply_to: quotedMessageSchema.nullable().optional(),
  })
  .meta({ id: 'Message' });
export type MessageJson = z.output<typeof messageSchema>;

/** A page of messages. */
export const messagePageSchema = pageOf(messageSchema);

/** Messages from anywhere in a thread. */
export const messageStretchSchema = stretchOf(messageSchema);

/** The longest text to search for, in characters. */
const maxSearchText = 255;

/** What to search for. */
export const messageSearchQuery = z.object({ q: text(1, maxSearchText) });

/** A moment in a path. */
export const momentParam = z.object({ moment: z.iso.datetime({ offset: true }) });

/** The earlier texts of an edited message. */
export const messageHistorySchema = z.array(z.object({ body: z.string(), edited_at: z.string() }));

/** The limits that the configuration currently sets for messages. */
interface MessageLimits {
  /** Maximum length of a text, in characters. */
  message: () => number;
  /** Maximum size of the extra data, in kilobytes. */
  extra: () => number;
}

/** The fields sent along with a file. */
export const newFileBody = ({ extra }: Pick<MessageLimits, 'extra'>) => z.object(sendingFields(extra));
export type NewFileBody = z.input<ReturnType<typeof newFileBody>>;

/** A text to send. */
export const newMessageBody = ({ message, extra }: MessageLimits) =>
  z.object({ message: text(1, message), ...sendingFields(extra) });
export type NewMessageBody = z.input<ReturnType<typeof newMessageBody>>;

/** The new text of a message. */
export const messageEditBody = ({ message }: Pick<MessageLimits, 'message'>) =>
  z.object({ message: text(1, message) });
export type MessageEditBody = z.input<ReturnType<typeof messageEditBody>>;
