import type { BotWithActions } from '../../store/bots.ts';

/** The aliases of the handlers attached to some bots. */
export const handlersOf = (bots: readonly BotWithActions[]): string[] =>
  bots.flatMap(({ actions }) => actions.map(({ handler }) => handler));
