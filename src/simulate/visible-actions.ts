import type { ActionJson, ShownBotJson } from '../client/index.ts';

/** The actions of a bot; undefined where they are hidden from who looks. */
export const visibleActions = (bot: ShownBotJson): readonly ActionJson[] | undefined =>
  'actions' in bot ? bot.actions : undefined;

/** The actions of a bot; none where they are hidden from who looks. */
export const actionsOf = (bot: ShownBotJson): readonly ActionJson[] => visibleActions(bot) ?? [];
