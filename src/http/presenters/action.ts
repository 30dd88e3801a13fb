import { z } from 'zod';
import { matchDescriptions, matchMethods } from '../../domain/match.ts';
import type { ActionView } from '../../services/bots/bot-views.ts';
import { handlerSchema, presentHandler } from './handler.ts';
import { ownerTypes, presentProvider, providerSchema } from './provider.ts';

/** A handler attached to a bot. */
export const actionSchema = z
  .object({
    id: z.string(),
    bot_id: z.string(),
    owner_id: z.string(),
    owner_type: z.string(),
    created_at: z.string(),
    updated_at: z.string(),
    enabled: z.boolean(),
    admin_only: z.boolean(),
    cooldown: z.int(),
    on_cooldown: z.boolean(),
    match: z.enum(matchMethods),
    match_description: z.string(),
    triggers: z.array(z.string()),
    payload: z.record(z.string(), z.unknown()).nullable(),
    handler: handlerSchema,
    owner: providerSchema,
  })
  .meta({ id: 'BotAction' });
export type ActionAnswer = z.output<typeof actionSchema>;

/** An action of a bot. */
export const presentAction = ({
  action,
  handler,
  owner,
  match,
  triggers,
  onCooldown,
}: ActionView): ActionAnswer => ({
  id: action.id,
  bot_id: action.botId,
  owner_id: action.owner.id,
  owner_type: ownerTypes[action.owner.type],
  created_at: action.createdAt,
  updated_at: action.updatedAt,
  enabled: action.enabled,
  admin_only: action.adminOnly,
  cooldown: action.cooldown,
  on_cooldown: onCooldown,
  match,
  // The original's HTTP answers spell this one word otherwise than its documentation.
  match_description: matchDescriptions[match].replace('case-insensitive', 'case insensitive'),
  triggers,
  payload: action.payload,
  handler: presentHandler(handler),
  owner: presentProvider(owner),
});
