import { z } from 'zod';
import { matchMethods } from '../domain/match.ts';
import { cooldownField } from './fields.ts';
import { handlerSchema } from './handler.ts';
import { providerSchema } from './provider.ts';

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
export type ActionJson = z.output<typeof actionSchema>;

/** The fields of every action. A handler may add its own; the sandbox checks all of them together. */
export const actionBody = z.looseObject({
  cooldown: cooldownField,
  admin_only: z.boolean(),
  enabled: z.boolean(),
  match: z.enum(matchMethods).optional(),
  triggers: z.array(z.string()).min(1).optional(),
});
export type ActionBody = z.input<typeof actionBody>;

/**
 * Which handler is attached.
 *
 * @param aliases of all registered handlers, if known
 */
export const handlerChoiceBody = (aliases?: readonly string[]) =>
  z.object({ handler: aliases === undefined ? z.string() : z.enum(aliases) });
export type HandlerChoiceBody = z.input<ReturnType<typeof handlerChoiceBody>>;

/** Parameters as a person wrote them: JSON values, and texts whose type depends on the handler. */
export const writtenActionBody = z.object({
  values: z.record(z.string(), z.unknown()),
  texts: z.record(z.string(), z.string()),
});
export type WrittenActionBody = z.input<typeof writtenActionBody>;

/** A handler to attach to a bot. */
export const newActionBody = actionBody.extend(handlerChoiceBody().shape);
