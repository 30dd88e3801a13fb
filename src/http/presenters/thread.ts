import { z } from 'zod';
import {
  canAddParticipants,
  canCall,
  canKnock,
  canManageBots,
  canManageInvites,
  canSendMessages,
} from '../../domain/permission.ts';
import { isUnread, type Thread } from '../../domain/thread.ts';
import type { Settings } from '../../services/context.ts';
import type { ThreadView } from '../../services/threads/thread-views.ts';
import { featuresSchema, presentFeatures } from './features.ts';
import type { Presentation } from './look.ts';
import { messageSchema, presentAlone } from './message.ts';
import { pageOf } from './page.ts';
import { participantSchema } from './participant.ts';
import { personSchema, presentPerson } from './person.ts';
import { avatarSchema } from './provider.ts';
import { presentThreadName, threadTypes } from './thread-name.ts';

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

const resourcesSchema = z.object({
  recipient: personSchema.optional(),
  participants: pageOf(participantSchema).optional(),
  messages: pageOf(messageSchema).optional(),
  latest_message: messageSchema.nullable(),
});

/** What else a thread is answered with. */
export type Resources = Omit<z.output<typeof resourcesSchema>, 'recipient' | 'latest_message'>;

/** A thread as lists show it, to one of its people. */
export const listedThreadSchema = z
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

/** A thread as one of its people sees it. */
export const threadSchema = listedThreadSchema
  .extend({ system_features: featuresSchema })
  .meta({ id: 'Thread' });

/** A thread as lists show it, to one of its people. */
export function presentListedThread(
  { thread, me, unreadCount, latest, recipient }: ThreadView,
  settings: Settings,
  look: Presentation,
  resources: Resources = {},
): z.output<typeof listedThreadSchema> {
  const { type, verbose } = threadTypes[thread.kind];
  return {
    id: thread.id,
    type,
    type_verbose: verbose,
    has_call: false,
    locked: thread.locked,
    pending: false,
    ...presentThreadName(thread, recipient),
    group: thread.kind === 'group',
    unread: isUnread(thread, me.lastReadAt),
    unread_count: unreadCount,
    created_at: thread.createdAt,
    updated_at: thread.updatedAt,
    options: presentOptions({ thread, me }, settings),
    resources: {
      ...(recipient && { recipient: presentPerson(recipient, look) }),
      ...resources,
      latest_message: latest && presentAlone(latest),
    },
  };
}

/** A thread as one of its people sees it. */
export const presentThread = (
  view: ThreadView,
  settings: Settings,
  look: Presentation,
  resources: Resources = {},
): z.output<typeof threadSchema> => ({
  ...presentListedThread(view, settings, look, resources),
  system_features: presentFeatures(settings),
});

const presentOptions = (
  { thread, me }: Pick<ThreadView, 'thread' | 'me'>,
  settings: Settings,
): z.output<typeof optionsSchema> => ({
  admin: thread.kind === 'group' && me.admin,
  manage_bots: settings.botsEnabled && canManageBots(thread, me),
  chat_bots: settings.botsEnabled && thread.kind === 'group' && thread.settings.chatBots,
  muted: me.muted,
  add_participants: canAddParticipants(thread, me),
  invitations: settings.invitesEnabled && canManageInvites(thread, me),
  call: settings.callingEnabled && canCall(thread, me),
  message: canSendMessages(thread, me),
  knock: settings.knocksEnabled && canKnock(thread, me),
});

/** What admins switch on and off in a group. */
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

/** What admins switch on and off in a group. */
export const presentThreadSettings = (
  thread: Thread,
  settings: Settings,
): z.output<typeof threadSettingsSchema> => ({
  ...presentThreadName(thread, null),
  add_participants: thread.settings.addParticipants,
  chat_bots: thread.settings.chatBots,
  invitations: thread.settings.invitations,
  calling: thread.settings.calling,
  messaging: thread.settings.messaging,
  knocks: thread.settings.knocks,
  system_features: presentFeatures(settings),
});
