import { z } from 'zod';
import type { Bot } from '../../domain/bot.ts';
import { ghostName } from '../../domain/provider.ts';
import type { Profile } from '../../services/users/profiles.ts';

/** Addresses of a picture: 150 pixels, 300 pixels, and as it is. */
export const avatarSchema = z.object({ sm: z.string(), md: z.string(), lg: z.string() });
export type Avatar = z.output<typeof avatarSchema>;

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

/** A person, a bot, or a ghost: somebody who is gone. */
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
export type ProviderAnswer = z.output<typeof providerSchema>;

/** The file that stands for a picture that is not there. */
export const defaultImage = 'default.png';

/** What `owner_type` says of somebody. */
export const ownerTypes = { user: 'users', bot: 'bots' } as const;

/**
 * A picture in every size.
 *
 * @param folder what its addresses have before the size
 */
export const avatarBelow = (folder: string, file: string): Avatar => ({
  sm: `${folder}/sm/${file}`,
  md: `${folder}/md/${file}`,
  lg: `${folder}/lg/${file}`,
});

/** The addresses of a bot's picture. */
export const botAvatarPaths = ({ id, threadId, avatar }: Bot): Avatar =>
  avatarBelow(`/messenger/assets/threads/${threadId}/bots/${id}/avatar`, avatar ?? defaultImage);

const personAvatarPaths = (alias: string, id: string): Avatar =>
  avatarBelow(`/messenger/assets/provider/${alias}/${id}`, defaultImage);

/** Whoever owns or sends something, as every resource shows them. */
export function presentProvider(profile: Profile): ProviderAnswer {
  if (profile.type === 'user') {
    const { id, name, createdAt, updatedAt } = profile.user;
    return {
      name: name,
      route: null,
      provider_id: id,
      provider_alias: 'user',
      base: { id, name: name, created_at: createdAt, updated_at: updatedAt },
      avatar: personAvatarPaths('user', id),
    };
  }
  if (profile.type === 'bot') return presentBotProvider(profile.bot);
  const { id } = profile.of;
  return {
    name: ghostName,
    route: null,
    provider_id: id,
    provider_alias: 'ghost',
    base: null,
    avatar: personAvatarPaths('ghost', id),
  };
}

const presentBotProvider = (bot: Bot): ProviderAnswer => ({
  name: bot.name,
  route: null,
  provider_id: bot.id,
  provider_alias: 'bot',
  base: {
    id: bot.id,
    thread_id: bot.threadId,
    owner_id: bot.owner.id,
    owner_type: ownerTypes[bot.owner.type],
    name: bot.name,
    avatar: bot.avatar,
    enabled: bot.enabled,
    hide_actions: bot.hideActions,
    cooldown: bot.cooldown,
    created_at: bot.createdAt,
    updated_at: bot.updatedAt,
  },
  avatar: botAvatarPaths(bot),
});
