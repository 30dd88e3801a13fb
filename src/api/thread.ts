import { z } from 'zod';
import { text } from '../domain/validation/text.ts';
import { featuresSchema } from './configuration.ts';
import { subjectField } from './fields.ts';
import { messagePageSchema, messageSchema } from './message.ts';
import { pageOf } from './page.ts';
import { participantPageSchema } from './participant.ts';
import { personSchema } from './person.ts';
import { avatarSchema } from './provider.ts';
import { providersField } from './providers-field.ts';

const optionsSchema = z.object({
  admin: z.boolean(),
  manage_bots: z.boolean(),
  chat_bots: z.boolean(),
  muted: z.boolean(),
  add_participants: z.boolean(),
  invitations: z.boolean(),
  call: z.boolean(),
  message: z.boolean(),
  knock: z.boolean(),
});
/** What the caller may do in a thread. */
export type ThreadOptionsJson = z.output<typeof optionsSchema>;

const resourcesSchema = z.object({
  recipient: personSchema.optional(),
  participants: participantPageSchema.optional(),
  messages: messagePageSchema.optional(),
  latest_message: messageSchema.nullable(),
});
/** The related resources that the answer for a thread includes. */
export type ThreadResourcesJson = z.output<typeof resourcesSchema>;

/** A thread in a list, as one of its participants sees it. */
const listedThreadSchema = z
  .object({
    id: z.string(),
    type: z.int(),
    type_verbose: z.string(),
    has_call: z.boolean(),
    locked: z.boolean(),
    pending: z.boolean(),
    name: z.string(),
    avatar: avatarSchema,
    group: z.boolean(),
    unread: z.boolean(),
    unread_count: z.int(),
    created_at: z.string(),
    updated_at: z.string(),
    options: optionsSchema,
    resources: resourcesSchema,
  })
  .meta({ id: 'ListedThread' });
export type ListedThreadJson = z.output<typeof listedThreadSchema>;

/** A page of threads. */
export const threadPageSchema = pageOf(listedThreadSchema).extend({ system_features: featuresSchema });
export type ThreadPageJson = z.output<typeof threadPageSchema>;

/** A thread as one of its participants sees it. */
export const threadSchema = listedThreadSchema
  .extend({ system_features: featuresSchema })
  .meta({ id: 'Thread' });
export type ThreadJson = z.output<typeof threadSchema>;

/** What admins can switch on and off in a group. */
export const threadSettingsSchema = z
  .object({
    name: z.string(),
    avatar: avatarSchema,
    add_participants: z.boolean(),
    chat_bots: z.boolean(),
    invitations: z.boolean(),
    calling: z.boolean(),
    messaging: z.boolean(),
    knocks: z.boolean(),
    system_features: featuresSchema,
  })
  .meta({ id: 'ThreadSettings' });
export type ThreadSettingsJson = z.output<typeof threadSettingsSchema>;

/** Whether a thread has unread messages. */
export const unreadSchema = z.object({ unread: z.boolean() });

/** The number of threads with something unread. */
export const unreadCountSchema = z.object({ unread_threads_count: z.int() });

/** The body that creates a group. */
export const newGroupBody = z.object({
  subject: subjectField,
  providers: providersField(0).nullable().optional(),
});
export type NewGroupBody = z.input<typeof newGroupBody>;

/** The new settings of a group. The configuration decides which switches are required. */
export const threadSettingsBody = z.object({
  subject: subjectField,
  add_participants: z.boolean(),
  messaging: z.boolean(),
  knocks: z.boolean(),
  calling: z.boolean(),
  invitations: z.boolean(),
  chat_bots: z.boolean(),
});
export type ThreadSettingsBody = z.input<typeof threadSettingsBody>;

/** The text that the names of threads are searched for. */
export const threadSearchQuery = z.object({ q: text(1, 255) });

/** Where a thread stood in the list. Any activity moves it, including leaving it and archiving it. */
export const threadPageQuery = z.object({ before: z.iso.datetime().optional() });
