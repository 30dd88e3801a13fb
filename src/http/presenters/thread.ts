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
import type { ThreadView } from '../../services/thread-views.ts';
import type { Look } from './look.ts';
import { presentMessage } from './message.ts';
import { presentProviderWithOptions } from './provider.ts';
import { presentThreadName, presentThreadType, threadAvatar } from './thread-name.ts';

/** A thread as one of its people sees it. What is given besides stands among its resources. */
export function presentThread(view: ThreadView, settings: Settings, look: Look, resources: object = {}) {
  const { thread, me, unreadCount, latest, recipient } = view;
  return {
    id: thread.id,
    ...presentThreadType(thread),
    has_call: false,
    locked: thread.locked,
    pending: false,
    name: presentThreadName(thread, recipient, look),
    avatar: threadAvatar(thread, recipient, look),
    group: thread.kind === 'group',
    unread: isUnread(thread, me.lastReadAt),
    unread_count: unreadCount,
    created_at: thread.createdAt,
    updated_at: thread.updatedAt,
    options: presentOptions(view, settings),
    resources: {
      ...(recipient === null ? {} : { recipient: presentProviderWithOptions(recipient, look) }),
      ...resources,
      latest_message: latest && presentMessage(latest, look),
    },
  };
}

const presentOptions = ({ thread, me }: ThreadView, settings: Settings) => ({
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
export const presentSettings = (thread: Thread, settings: Settings, look: Look) => ({
  name: presentThreadName(thread, null, look),
  avatar: threadAvatar(thread),
  add_participants: thread.settings.addParticipants,
  chat_bots: thread.settings.chatBots,
  invitations: thread.settings.invitations,
  calling: thread.settings.calling,
  messaging: thread.settings.messaging,
  knocks: thread.settings.knocks,
  system_features: presentFeatures(settings),
});

/** What the configuration switches on at all. */
export const presentFeatures = (settings: Settings) => ({
  bots: settings.botsEnabled,
  calling: settings.callingEnabled,
  invitations: settings.invitesEnabled,
  invitations_max: settings.invitesMax,
  knocks: settings.knocksEnabled,
  audio_messages: settings.uploadsEnabled.audio,
  document_messages: settings.uploadsEnabled.document,
  image_messages: settings.uploadsEnabled.image,
  video_messages: settings.uploadsEnabled.video,
  message_edits: settings.editsEnabled,
  message_edits_view: settings.editHistory,
  message_reactions: settings.reactionsEnabled,
  message_reactions_max: settings.reactionsMax,
  thread_avatars: settings.threadAvatars,
  bot_avatars: settings.botAvatars,
});
