import { z } from 'zod';
import type { Settings } from '../../services/context.ts';

/** What the configuration switches on at all. */
export const featuresSchema = z
  .object({
    bots: z.boolean(),
    calling: z.boolean(),
    invitations: z.boolean(),
    invitations_max: z.int(),
    knocks: z.boolean(),
    audio_messages: z.boolean(),
    document_messages: z.boolean(),
    image_messages: z.boolean(),
    message_edits: z.boolean(),
    message_edits_view: z.boolean(),
    message_reactions: z.boolean(),
    message_reactions_max: z.int(),
    provider_avatars: z.boolean(),
    thread_avatars: z.boolean(),
    bot_avatars: z.boolean(),
  })
  .meta({ id: 'SystemFeatures' });

/** What the configuration switches on at all. */
export const presentFeatures = (settings: Settings): z.output<typeof featuresSchema> => ({
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
