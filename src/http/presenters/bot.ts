import { z } from 'zod';
import type { BotView } from '../../services/bots/bot-views.ts';
import { actionSchema, presentAction } from './action.ts';
import { avatarSchema, botAvatarPaths, ownerTypes, presentProvider, providerSchema } from './provider.ts';

const botFields = z.object({
  id: z.string(),
  thread_id: z.string(),
  owner_id: z.string(),
  owner_type: z.string(),
  owner: providerSchema,
  created_at: z.string(),
  updated_at: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  hide_actions: z.boolean(),
  cooldown: z.int(),
  on_cooldown: z.boolean(),
  avatar: avatarSchema,
});

/** A bot as lists show it. */
export const botSchema = botFields.extend({ actions_count: z.int() }).meta({ id: 'Bot' });
export type BotAnswer = z.output<typeof botSchema>;

/** A bot with its actions. */
export const botWithActionsSchema = botFields
  .extend({ actions: z.array(actionSchema) })
  .meta({ id: 'BotWithActions' });
export type BotWithActionsAnswer = z.output<typeof botWithActionsSchema>;

const presentFields = ({ bot, owner, onCooldown }: BotView): z.output<typeof botFields> => ({
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
export const presentBot = (view: BotView): BotAnswer => ({
  ...presentFields(view),
  actions_count: view.actions.length,
});

/** A bot with its actions instead of their number. */
export const presentBotWithActions = (view: BotView): BotWithActionsAnswer => ({
  ...presentFields(view),
  actions: view.actions.map((action) => presentAction(action)),
});
