import type { Bot } from './bot.ts';
import type { ProviderRef } from './provider.ts';
import type { User } from './user.ts';

/** A person or a bot with everything stored about it. A ghost no longer exists. */
export type Profile =
  | { type: 'user'; user: User }
  | { type: 'bot'; bot: Bot }
  | { type: 'ghost'; of: ProviderRef };

export const userProfile = (user: User): Profile => ({ type: 'user', user });

export const botProfile = (bot: Bot): Profile => ({ type: 'bot', bot });
