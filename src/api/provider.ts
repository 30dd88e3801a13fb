import { z } from 'zod';

/** The addresses of a picture: at 150 pixels, at 300 pixels, and in its original size. */
export const avatarSchema = z.object({ sm: z.string(), md: z.string(), lg: z.string() });
export type AvatarJson = z.output<typeof avatarSchema>;

const userBase = z.object({
  id: z.string(),
  name: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});

const botBase = z.object({
  id: z.string(),
  thread_id: z.string(),
  owner_id: z.string(),
  owner_type: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  enabled: z.boolean(),
  hide_actions: z.boolean(),
  cooldown: z.int(),
  created_at: z.string(),
  updated_at: z.string(),
});

/** A person, a bot, or a ghost, which stands for someone who no longer exists. */
export const providerSchema = z
  .object({
    name: z.string(),
    route: z.string().nullable(),
    provider_id: z.string(),
    provider_alias: z.enum(['user', 'bot', 'ghost']),
    base: z.union([userBase, botBase]).nullable(),
    avatar: avatarSchema,
  })
  .meta({ id: 'Provider' });
export type ProviderJson = z.output<typeof providerSchema>;
