import type {
  ListedThreadJson,
  ThreadJson,
  ThreadOptionsJson,
  ThreadResourcesJson,
  ThreadSettingsJson,
} from '../../api/thread.ts';
import type { Settings } from '../../config/settings.ts';
import {
  canAddParticipants,
  canCall,
  canKnock,
  canManageBots,
  canManageInvites,
  canSendMessages,
} from '../../domain/permission.ts';
import { isUnread, type Thread } from '../../domain/thread.ts';
import type { ThreadView } from '../../services/threads/thread-views.ts';
import { presentFeatures } from './features.ts';
import { presentAlone } from './message.ts';
import { presentPerson } from './person.ts';
import type { Presentation } from './presentation.ts';
import { presentThreadName, threadTypes } from './thread-name.ts';

/** The related resources that the answer for a thread includes. */
export type Resources = Pick<ThreadResourcesJson, 'participants' | 'messages'>;

/** A thread in a list, as one of its participants sees it. */
export function presentListedThread(
  { thread, me, unreadCount, latest, recipient }: ThreadView,
  settings: Settings,
  presentation: Presentation,
  resources: Resources = {},
): ListedThreadJson {
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
      ...(recipient &&
        ({ recipient: presentPerson(recipient, presentation) } satisfies Partial<ThreadResourcesJson>)),
      ...resources,
      latest_message: latest && presentAlone(latest),
    },
  };
}

/** A thread as one of its participants sees it. */
export const presentThread = (
  view: ThreadView,
  settings: Settings,
  presentation: Presentation,
  resources: Resources = {},
): ThreadJson => ({
  ...presentListedThread(view, settings, presentation, resources),
  system_features: presentFeatures(settings),
});

const presentOptions = (
  { thread, me }: Pick<ThreadView, 'thread' | 'me'>,
  settings: Settings,
): ThreadOptionsJson => ({
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

/** What admins can switch on and off in a group. */
export const presentThreadSettings = (thread: Thread, settings: Settings): ThreadSettingsJson => ({
  ...presentThreadName(thread, null),
  add_participants: thread.settings.addParticipants,
  chat_bots: thread.settings.chatBots,
  invitations: thread.settings.invitations,
  calling: thread.settings.calling,
  messaging: thread.settings.messaging,
  knocks: thread.settings.knocks,
  system_features: presentFeatures(settings),
});
