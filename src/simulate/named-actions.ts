import type { ActionJson, ShownBotJson } from '../client/index.ts';
import { actionsOf } from './visible-actions.ts';

/** An attached action with its bot. */
export interface AttachedAction {
  bot: ShownBotJson;
  action: ActionJson;
}

/** The actions of some bots, in the order of the bots, each in the order in which it was attached. */
export const attachedActions = (bots: readonly ShownBotJson[]): AttachedAction[] =>
  bots.flatMap((bot) => actionsOf(bot).map((action) => ({ bot, action })));

/**
 * How a person names an action in a command: `hello @Helper`, with a number if the bot has several of the handler, as
 * in `react#2 @Helper`.
 */
export function actionName({ bot, action }: AttachedAction): string {
  const { alias } = action.handler;
  const same = actionsOf(bot).filter(({ handler }) => handler.alias === alias);
  const number = same.length > 1 ? `#${same.findIndex(({ id }) => id === action.id) + 1}` : '';
  return `${alias}${number} @${bot.name}`;
}

/**
 * The actions that a text names: an id, or an alias, of which `#2` is the second, perhaps followed by `@` and a bot.
 *
 * @example namedActions(bots, 'react#2 @Helper')
 */
export function namedActions(bots: readonly ShownBotJson[], text: string): AttachedAction[] {
  const [, name = '', botName] = /^(.*?)(?:\s+@(.+))?$/s.exec(text.trim()) ?? [];
  const within = attachedActions(
    botName === undefined ? bots : bots.filter((bot) => bot.name === botName.trim()),
  );
  const ofAlias = (alias: string) => within.filter(({ action }) => action.handler.alias === alias);
  const exact = within.filter(({ action }) => action.id === name);
  if (exact.length > 0) return exact;
  const found = ofAlias(name);
  const [, alias, number] = /^(.+)#(\d+)$/.exec(name) ?? [];
  if (found.length > 0 || alias === undefined) return found;
  return ofAlias(alias).slice(Number(number) - 1, Number(number));
}
