import type { ActionJson, FailedRunJson, ShownBotJson } from '../../client/index.ts';
import { visibleActions } from '../../simulate/visible-actions.ts';
import { type Line, line, lines } from '../text/line.ts';
import { safeLine } from '../text/width.ts';

/** The bots of a thread with their actions, shown when no message is selected. */
export function botLines(
  bots: readonly ShownBotJson[],
  failed: readonly FailedRunJson[],
  width: number,
): Line[] {
  if (bots.length === 0) {
    return [
      ...lines('No bots in this group yet.', width, 'faint'),
      line(''),
      ...lines(
        '/bot add NAME makes one, /attach gives it something to do, /install brings a ready-made one.',
        width,
        'faint',
      ),
    ];
  }
  return [...bots.flatMap((bot) => oneBot(bot, width)), ...failedLines(failed, width)];
}

function oneBot(bot: ShownBotJson, width: number): Line[] {
  const state = [bot.enabled ? '' : 'off', bot.on_cooldown ? 'on cooldown' : ''].filter(Boolean).join(', ');
  const actions = visibleActions(bot);
  const hidden = actions === undefined ? lines('its actions are hidden', width, 'faint', '  ') : [];
  return [
    ...lines(`◆ ${safeLine(bot.name)}${state && ` (${state})`}`, width, 'bot'),
    ...(actions ?? []).flatMap((action) => actionLines(action, width)),
    ...hidden,
    line(''),
  ];
}

function actionLines(action: ActionJson, width: number): Line[] {
  const notes = [
    action.enabled ? '' : 'disabled',
    action.admin_only ? 'admin only' : '',
    action.cooldown > 0 ? `cooldown ${action.cooldown} s` : '',
    action.on_cooldown ? 'on cooldown' : '',
  ].filter(Boolean);
  const triggers = action.triggers.length === 0 ? 'any message' : action.triggers.map(safeLine).join(' | ');
  return [
    ...lines(safeLine(action.handler.alias), width, action.enabled ? 'strong' : 'faint', '  '),
    ...lines(`${action.match}: ${triggers}`, width, 'faint', '    ').slice(0, 3),
    ...(notes.length === 0 ? [] : lines(notes.join(', '), width, 'warning', '    ')),
  ];
}

function failedLines(failed: readonly FailedRunJson[], width: number): Line[] {
  if (failed.length === 0) return [];
  return [
    line(`${failed.length} failed, /failed lists them`, 'bad'),
    ...failed
      .slice(0, 3)
      .flatMap(({ handler, error }) =>
        lines(`${safeLine(handler)}: ${safeLine(error.message)}`, width, 'faint', '  ').slice(0, 2),
      ),
  ];
}
