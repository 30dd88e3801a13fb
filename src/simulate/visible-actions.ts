import type { ActionJson, ShownBotJson } from '../client/index.ts';

/** The actions of a bot; undefined if they are hidden from the current person. */
export const visibleActions = (bot: ShownBotJson): readonly ActionJson[] | undefined =>
  'actions' in bot ? bot.actions : undefined;

/** The actions of a bot; none if they are hidden from the current person. */
export const actionsOf = (bot: ShownBotJson): readonly ActionJson[] => visibleActions(bot) ?? [];
