import { z } from 'zod';
import { type MatchMethod, matchMethods } from '../../domain/match.ts';

/** A handler that can be attached to a bot. */
export const handlerSchema = z
  .object({
    alias: z.string(),
    description: z.string(),
    name: z.string(),
    unique: z.boolean(),
    authorize: z.boolean(),
    triggers: z.array(z.string()).nullable(),
    match: z.enum(matchMethods).nullable(),
  })
  .meta({ id: 'Handler' });
export type HandlerAnswer = z.output<typeof handlerSchema>;

/** What is shown of a handler. */
interface ShownHandler {
  alias: string;
  description: string;
  name: string;
  unique: boolean;
  shouldAuthorize: boolean;
  triggers: readonly string[] | null;
  matchMethod: MatchMethod | null;
}

/** A handler as lists, actions and packages show it. */
export const presentHandler = (handler: ShownHandler): HandlerAnswer => ({
  alias: handler.alias,
  description: handler.description,
  name: handler.name,
  unique: handler.unique,
  authorize: handler.shouldAuthorize,
  triggers: handler.triggers === null ? null : [...handler.triggers],
  match: handler.matchMethod,
});
