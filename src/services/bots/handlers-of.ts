import type { BotWithActions } from '../../store/bots.ts';

/** The handlers that some bots are attached with, by their aliases. */
export const handlersOf = (bots: readonly BotWithActions[]): string[] =>
  bots.flatMap(({ actions }) => actions.map(({ handler }) => handler));
