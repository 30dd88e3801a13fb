import type { AvatarJson, ProviderJson } from '../../api/provider.ts';
import type { Bot } from '../../domain/bot.ts';
import type { Profile } from '../../domain/profile.ts';
import { ghostName } from '../../domain/provider.ts';

/** The file that replaces a missing picture. */
export const defaultImage = 'default.png';

/** The values of `owner_type`. */
export const ownerTypes = { user: 'users', bot: 'bots' } as const;

/**
 * The addresses of a picture in every size.
 *
 * @param folder the path before the size
 */
export const avatarBelow = (folder: string, file: string): AvatarJson => ({
  sm: `${folder}/sm/${file}`,
  md: `${folder}/md/${file}`,
  lg: `${folder}/lg/${file}`,
});

/** The addresses of a bot's picture. */
export const botAvatarPaths = ({ id, threadId, avatar }: Bot): AvatarJson =>
  avatarBelow(`/messenger/assets/threads/${threadId}/bots/${id}/avatar`, avatar ?? defaultImage);

const personAvatarPaths = (alias: string, id: string): AvatarJson =>
  avatarBelow(`/messenger/assets/provider/${alias}/${id}`, defaultImage);

/** The owner or sender of something, as all resources show them. */
export function presentProvider(profile: Profile): ProviderJson {
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

const presentBotProvider = (bot: Bot): ProviderJson => ({
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
