import { z } from 'zod';
import { actionSchema } from './action.ts';
import { cooldownField, nameField } from './fields.ts';
import { avatarSchema, providerSchema } from './provider.ts';

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
/** The fields shown for every bot. */
export type BotFieldsJson = z.output<typeof botFields>;

/** A bot as it appears in lists. */
export const botSchema = botFields.extend({ actions_count: z.int() }).meta({ id: 'Bot' });
export type BotJson = z.output<typeof botSchema>;

/** A bot with its actions. */
const botWithActionsSchema = botFields
  .extend({ actions: z.array(actionSchema) })
  .meta({ id: 'BotWithActions' });
export type BotWithActionsJson = z.output<typeof botWithActionsSchema>;

/** A single bot, with its actions for those who may see them. */
export const shownBotSchema = z.union([botWithActionsSchema, botSchema]);
export type ShownBotJson = z.output<typeof shownBotSchema>;

/** The body that creates or changes a bot. */
export const botBody = z.object({
  name: nameField,
  enabled: z.boolean(),
  hide_actions: z.boolean(),
  cooldown: cooldownField,
});
export type BotBody = z.input<typeof botBody>;

/** What keeps the bots of a group from answering, until somebody mends it. */
export const signsSchema = z
  .object({
    broken: z.array(z.object({ file: z.string(), message: z.string() })),
    lost: z.array(z.object({ handler: z.string(), bot: z.object({ id: z.string(), name: z.string() }) })),
    unattached: z.array(z.object({ alias: z.string(), class: z.string() })),
  })
  .meta({ id: 'Signs' });
export type SignsJson = z.output<typeof signsSchema>;
