import type { Bot } from '../../domain/bot.ts';
import { ghostName, type ProviderRef } from '../../domain/provider.ts';
import type { User } from '../../domain/user.ts';
import type { Profile } from '../../services/profiles.ts';
import { type Look, onlineStatusNames } from './look.ts';

/** The paths of a picture in its three sizes. */
export interface Sizes {
  sm: string;
  md: string;
  lg: string;
}

/** The paths of a picture, given the path of one size. */
export const sizes = (path: (size: keyof Sizes) => string): Sizes => ({
  sm: path('sm'),
  md: path('md'),
  lg: path('lg'),
});

/** The name of the picture that stands where there is none. */
export const defaultPicture = 'default.png';

const ownerTypes = { user: 'users', bot: 'bots' } as const;

/** The two fields that say who owns something. */
export const presentOwner = ({ type, id }: ProviderRef) => ({ owner_id: id, owner_type: ownerTypes[type] });

/** A person, a bot, or the ghost of one. */
export function presentProvider(profile: Profile, look: Look) {
  switch (profile.type) {
    case 'user':
      return presentUser(profile.user, look);
    case 'bot':
      return presentBotAsProvider(profile.bot, look);
    case 'ghost':
      return presentGhost(profile.of);
  }
}

/** A person with what one may do with them; there are no friendships, so that is always the same. */
export const presentProviderWithOptions = (profile: Profile, look: Look) => {
  const status = profile.type === 'user' ? look.onlineStatus(profile.user.id) : 0;
  return {
    ...presentProvider(profile, look),
    options: {
      can_message_first: true,
      friendable: false,
      can_friend: false,
      searchable: true,
      can_search: true,
      online_status: status,
      online_status_verbose: onlineStatusNames[status],
      friend_status: 0,
      friend_status_verbose: 'NOT_FRIEND',
      last_active: null,
    },
  };
};

const presentUser = (user: User, { text }: Look) => ({
  name: text(user.name),
  route: null,
  provider_id: user.id,
  provider_alias: 'user',
  base: {
    id: user.id,
    name: text(user.name),
    avatar: null,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
  },
  avatar: sizes((size) => `/messenger/assets/provider/user/${user.id}/${size}/${defaultPicture}`),
});

const presentBotAsProvider = (bot: Bot, { text }: Look) => ({
  name: text(bot.name),
  route: null,
  provider_id: bot.id,
  provider_alias: 'bot',
  base: {
    id: bot.id,
    thread_id: bot.threadId,
    ...presentOwner(bot.owner),
    name: text(bot.name),
    enabled: bot.enabled,
    hide_actions: bot.hideActions,
    cooldown: bot.cooldown,
    avatar: bot.avatar,
    created_at: bot.createdAt,
    updated_at: bot.updatedAt,
  },
  avatar: sizes(
    (size) =>
      `/messenger/assets/threads/${bot.threadId}/bots/${bot.id}/avatar/${size}/${bot.avatar ?? defaultPicture}`,
  ),
});

const presentGhost = ({ id }: ProviderRef) => ({
  name: ghostName,
  route: null,
  provider_id: id,
  provider_alias: 'ghost',
  base: { id, name: ghostName },
  avatar: sizes((size) => `/messenger/assets/provider/ghost/${id}/${size}/${defaultPicture}`),
});
