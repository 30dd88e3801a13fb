import type { HandlerJson } from '../../api/handler.ts';
import type { MatchMethod } from '../../domain/match.ts';

/** The parts of a handler that are shown. */
interface ShownHandler {
  alias: string;
  description: string;
  name: string;
  unique: boolean;
  shouldAuthorize: boolean;
  triggers: readonly string[] | null;
  matchMethod: MatchMethod | null;
}

/** A handler, as lists, actions and packages show it. */
export const presentHandler = (handler: ShownHandler): HandlerJson => ({
  alias: handler.alias,
  description: handler.description,
  name: handler.name,
  unique: handler.unique,
  authorize: handler.shouldAuthorize,
  triggers: handler.triggers === null ? null : [...handler.triggers],
  match: handler.matchMethod,
});
