import type { BotFieldsJson, BotJson, BotWithActionsJson } from '../../api/bot.ts';
import type { BotView } from '../../services/bots/bot-views.ts';
import { presentAction } from './action.ts';
import { botAvatarPaths, ownerTypes, presentProvider } from './provider.ts';

const presentFields = ({ bot, owner, onCooldown }: BotView): BotFieldsJson => ({
  id: bot.id,
  thread_id: bot.threadId,
  owner_id: bot.owner.id,
  owner_type: ownerTypes[bot.owner.type],
  owner: presentProvider(owner),
  created_at: bot.createdAt,
  updated_at: bot.updatedAt,
  name: bot.name,
  enabled: bot.enabled,
  hide_actions: bot.hideActions,
  cooldown: bot.cooldown,
  on_cooldown: onCooldown,
  avatar: botAvatarPaths(bot),
});

/** A bot with the number of its actions. */
export const presentBot = (view: BotView): BotJson => ({
  ...presentFields(view),
  actions_count: view.actions.length,
});

/** A bot with its actions instead of their number. */
export const presentBotWithActions = (view: BotView): BotWithActionsJson => ({
  ...presentFields(view),
  actions: view.actions.map((action) => presentAction(action)),
});
