import { z } from 'zod';

/** The whole configuration, under the names that clients of the original expect. */
export const configurationSchema = z
  .record(z.string(), z.union([z.boolean(), z.number(), z.string()]))
  .meta({ id: 'Configuration' });
export type ConfigurationJson = z.output<typeof configurationSchema>;

/** The features that the configuration enables. */
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
export type FeaturesJson = z.output<typeof featuresSchema>;
