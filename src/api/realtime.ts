import { z } from 'zod';
import { messageSchema, quotedMessageSchema } from './message.ts';
import { avatarSchema, providerSchema } from './provider.ts';
import { reactionSchema } from './reaction.ts';
import { threadSettingsSchema } from './thread.ts';

/** Which socket asks to join which channel. */
export const channelAuthBody = z.object({
  socket_id: z.string().regex(/^\d+\.\d+$/),
  channel_name: z.string().max(200),
});
export type ChannelAuthBody = z.input<typeof channelAuthBody>;

/** The signed data with which a client joins a channel. */
export const channelAuthSchema = z.object({ auth: z.string(), channel_data: z.string().optional() });
export type ChannelAuthJson = z.output<typeof channelAuthSchema>;

/** The sender of a client event. */
const whispererSchema = z.object({
  provider_id: z.string(),
  provider_alias: z.string(),
  name: z.string(),
  avatar: z.string().optional(),
});

const threadIdSchema = z.object({ thread_id: z.string() });

/** A thread, for people who each see it differently. A private one has no name of its own. */
const broadcastThreadSchema = z.object({
  id: z.string(),
  type: z.int(),
  type_verbose: z.string(),
  group: z.boolean(),
  name: z.string().optional(),
  avatar: avatarSchema.optional(),
});

const changedThreadSchema = threadSettingsSchema.extend({ sender: providerSchema });

/** The data that clients receive over the channels, by event name. */
export const eventSchemas = {
  'new.message': messageSchema,
  'message.edited': messageSchema,
  'message.archived': z.object({ message_id: z.string(), thread_id: z.string() }),
  'reaction.added': reactionSchema.extend({ message: quotedMessageSchema.optional() }),
  'reaction.removed': z.object({ id: z.string(), message_id: z.string(), reaction: z.string() }),
  'knock.knock': z.object({ thread: broadcastThreadSchema, sender: providerSchema }),
  'client-typing': whispererSchema,
  'client-stop-typing': whispererSchema,
  'client-read': whispererSchema.extend({ message_id: z.string() }),
  'new.thread': z.object({
    thread: broadcastThreadSchema.extend({ pending: z.boolean(), created_at: z.string() }),
    sender: providerSchema,
  }),
  'thread.settings': changedThreadSchema,
  'thread.avatar': changedThreadSchema,
  'thread.archived': threadIdSchema,
  'thread.read': threadIdSchema.extend({ last_read: z.string().nullable() }),
  'thread.left': threadIdSchema,
  'permissions.updated': threadIdSchema,
  'promoted.admin': threadIdSchema,
  'demoted.admin': threadIdSchema,
};

/** The data of each event. */
export type EventData = { [Name in keyof typeof eventSchemas]: z.output<(typeof eventSchemas)[Name]> };
