import type { FeaturesJson } from '../../api/configuration.ts';
import type { Settings } from '../../config/settings.ts';

/** The features that the configuration enables. */
export const presentFeatures = (settings: Settings): FeaturesJson => ({
  bots: settings.botsEnabled,
  calling: settings.callingEnabled,
  invitations: settings.invitesEnabled,
  invitations_max: settings.invitesMax,
  knocks: settings.knocksEnabled,
  audio_messages: settings.uploadsEnabled.audio,
  document_messages: settings.uploadsEnabled.document,
  image_messages: settings.uploadsEnabled.image,
  message_edits: settings.editsEnabled,
  message_edits_view: settings.editHistory,
  message_reactions: settings.reactionsEnabled,
  message_reactions_max: settings.reactionsMax,
  provider_avatars: false,
  thread_avatars: settings.threadAvatars,
  bot_avatars: settings.botAvatars,
});
