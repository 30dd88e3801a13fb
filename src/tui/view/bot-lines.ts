import type { ActionJson, FailedRunJson, ShownBotJson } from '../../client/index.ts';
import { visibleActions } from '../../simulate/visible-actions.ts';
import { type BotItem, botItems, chosenItem } from '../state/bots-pane.ts';
import type { State } from '../state/state.ts';
import { type Line, line, lines } from '../text/line.ts';
import { safe, safeLine } from '../text/width.ts';
import type { Style } from '../theme.ts';
import { botRows, detailRows } from './bot-details.ts';
import type { Focus } from './window.ts';

/** The bots of a thread with their actions, and where the cursor is in their lines. */
export function botContents(state: State, width: number): { all: Line[]; focus?: Focus } {
  const { bots, failed, botsPane, pane } = state;
  if (bots.length === 0) return { all: emptyLines(width) };
  const chosen = pane === 'inspector' ? chosenItem(state)?.id : undefined;
  const all: Line[] = [];
  let focus: Focus | undefined;
  for (const bot of bots) {
    for (const item of botItems([bot])) {
      const look = { isChosen: item.id === chosen, isOpen: item.id === botsPane.open };
      const block = itemLines(item, look, failed, width);
      if (look.isChosen) focus = { from: all.length, to: all.length + block.length };
      all.push(...block);
    }
    if (visibleActions(bot) === undefined) all.push(...lines('its actions are hidden', width, 'faint', '  '));
    all.push(line(''));
  }
  all.push(...failedLines(failed, width));
  return { all, ...(focus && { focus }) };
}

const emptyLines = (width: number): Line[] => [
  ...lines('No bots in this group yet.', width, 'faint'),
  line(''),
  ...lines(
    '/bot add NAME makes one, /attach gives it something to do, /install brings a ready-made one.',
    width,
    'faint',
  ),
];

/** Whether the cursor is on an item, and whether its details are shown. */
interface Look {
  isChosen: boolean;
  isOpen: boolean;
}

function itemLines(
  { bot, action }: BotItem,
  { isChosen, isOpen }: Look,
  failed: readonly FailedRunJson[],
  width: number,
): Line[] {
  const cursor = isChosen ? '▸' : ' ';
  const details = (rows: readonly string[]) =>
    rows.flatMap((row) => lines(safe(row), width, 'plain', '    '));
  if (action === undefined) {
    const rows = isOpen ? details(botRows(bot)) : [];
    return [...headLines(bot, isChosen, width), ...rows];
  }
  const name = lines(safeLine(action.handler.alias), width, nameStyle(action, isChosen), `${cursor} `);
  return [...name, ...(isOpen ? details(detailRows(bot, action, failed)) : actionLines(action, width))];
}

function headLines(bot: ShownBotJson, isChosen: boolean, width: number): Line[] {
  const state = [bot.enabled ? '' : 'off', bot.on_cooldown ? 'on cooldown' : ''].filter(Boolean).join(', ');
  const mark = isChosen ? '▸' : '◆';
  return lines(`${mark} ${safeLine(bot.name)}${state && ` (${state})`}`, width, isChosen ? 'chosen' : 'bot');
}

const nameStyle = ({ enabled }: ActionJson, isChosen: boolean): Style =>
  isChosen ? 'chosen' : enabled ? 'strong' : 'faint';

function actionLines(action: ActionJson, width: number): Line[] {
  const notes = [
    action.enabled ? '' : 'disabled',
    action.admin_only ? 'admin only' : '',
    action.cooldown > 0 ? `cooldown ${action.cooldown} s` : '',
    action.on_cooldown ? 'on cooldown' : '',
  ].filter(Boolean);
  const triggers = action.triggers.length === 0 ? 'any message' : action.triggers.map(safeLine).join(' | ');
  return [
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
