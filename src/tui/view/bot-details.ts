import { shownMoment } from '../../base/shown-time.ts';
import { counted } from '../../base/terminal-text.ts';
import type { ActionJson, FailedRunJson, ShownBotJson } from '../../client/index.ts';
import { triggersOf } from '../../simulate/commands/bots.ts';

/** Everything known about an action, one sentence or value each. */
export function detailRows(
  bot: ShownBotJson,
  action: ActionJson,
  failed: readonly FailedRunJson[] = [],
): string[] {
  const { handler, match, match_description: matchText, payload, cooldown } = action;
  const parameters = Object.entries(payload ?? {}).map(
    ([name, value]) => `${name}: ${JSON.stringify(value)}`,
  );
  const own = failed.filter((run) => run.bot.id === bot.id && run.handler === handler.alias).slice(0, 3);
  return [
    `${handler.name}: ${handler.description}`,
    `id: ${action.id}`,
    `match: ${match}, ${matchText}`,
    `triggers: ${triggersOf(action)}`,
    `cooldown: ${cooldown === 0 ? 'none' : counted(cooldown, 'second')}${action.on_cooldown ? ', on it now' : ''}`,
    `for admins only: ${action.admin_only ? 'yes' : 'no'}`,
    `on: ${action.enabled ? 'yes' : 'no'}`,
    ...(parameters.length === 0
      ? ['parameters: none']
      : ['parameters:', ...parameters.map((row) => `  ${row}`)]),
    `attached by ${action.owner.name}, ${shownMoment(action.created_at)}`,
    ...own.map(({ failed_at: at, error }) => `failed ${shownMoment(at)}: ${error.message}`),
  ];
}

/** Everything known about a bot, one sentence or value each. */
export const botRows = (bot: ShownBotJson): string[] => [
  `id: ${bot.id}`,
  `cooldown: ${bot.cooldown === 0 ? 'none' : counted(bot.cooldown, 'second')}${bot.on_cooldown ? ', on it now' : ''}`,
  `on: ${bot.enabled ? 'yes' : 'no'}`,
  `its actions: ${bot.hide_actions ? 'shown to those who manage bots' : 'shown to everybody'}`,
  `created by ${bot.owner.name}, ${shownMoment(bot.created_at)}`,
];
