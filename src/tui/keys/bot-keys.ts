import { actionName, namedActions } from '../../simulate/named-actions.ts';
import { openEdit } from '../actions/attaching.ts';
import { runLine } from '../actions/run-line.ts';
import type { Controller } from '../controller.ts';
import { type BotItem, chosenItem, moveBotCursor, toggleDetails } from '../state/bots-pane.ts';
import type { State } from '../state/state.ts';
import { detailRows } from '../view/bot-details.ts';
import type { Binding } from './binding.ts';

const hasItem = (state: State): boolean => chosenItem(state) !== undefined;
const hasAction = (state: State): boolean => chosenItem(state)?.action !== undefined;

/** Does something with what the cursor is on. */
const withItem =
  (work: (controller: Controller, item: BotItem) => unknown) =>
  (controller: Controller): unknown => {
    const item = chosenItem(controller.state);
    return item && work(controller, item);
  };

/** How a command names an item: as a person would, or by its id where there are several of the name. */
function nameOf({ bots }: State, { bot, action }: BotItem): string {
  if (action === undefined)
    return bots.filter(({ name }) => name === bot.name).length > 1 ? bot.id : bot.name;
  const name = actionName({ bot, action });
  return namedActions(bots, name).length > 1 ? action.id : name;
}

const move = (by: number) => (controller: Controller) =>
  controller.store.update((state) => moveBotCursor(state, by));

const edit = withItem(
  (controller, { bot, action }) => action && openEdit(controller, { bot, action }, { values: {}, texts: {} }),
);

/** The command does it, so that a transcript has it. */
const toggle = withItem((controller, item) => {
  const { bot, action } = item;
  const to = (action ?? bot).enabled ? 'off' : 'on';
  return runLine(controller, `/${action ? 'action' : 'bot'} ${to} ${nameOf(controller.state, item)}`);
});

/** What cannot be undone is asked for. */
const remove = withItem((controller, item) => {
  const { bot, action } = item;
  const title = action ? `Detach ${action.handler.alias} from ${bot.name}?` : `Remove ${bot.name}?`;
  const line = `/${action ? 'detach' : 'bot remove'} ${nameOf(controller.state, item)}`;
  const rows = action ? detailRows(bot, action) : ['It goes with everything that is attached to it.'];
  controller.store.set({ overlay: { kind: 'preview', title, rows, line } });
});

/** Keys for the bots and their actions in the side pane. */
export const botKeys: readonly Binding[] = [
  { keys: ['up', 'k'], modes: ['bots'], shown: '↑', help: 'previous action', hint: 'choose', run: move(-1) },
  { keys: ['down', 'j'], modes: ['bots'], shown: '↓', help: 'next action', hint: 'choose', run: move(1) },
  {
    keys: ['home', 'g'],
    modes: ['bots'],
    shown: 'Home',
    help: 'first bot',
    run: move(Number.NEGATIVE_INFINITY),
  },
  {
    keys: ['end', 'G'],
    modes: ['bots'],
    shown: 'End',
    help: 'last action',
    run: move(Number.POSITIVE_INFINITY),
  },
  {
    keys: ['enter'],
    modes: ['bots'],
    shown: 'Enter',
    help: 'show or hide the details',
    hint: 'details',
    when: hasItem,
    run: ({ store }) => store.update(toggleDetails),
  },
  {
    keys: ['e'],
    modes: ['bots'],
    shown: 'e',
    help: 'change the action in a form',
    hint: 'edit',
    when: hasAction,
    run: edit,
  },
  {
    keys: [' '],
    modes: ['bots'],
    shown: 'Space',
    help: 'turn the action or the bot on or off',
    hint: 'on/off',
    when: hasItem,
    run: toggle,
  },
  {
    keys: ['d'],
    modes: ['bots'],
    shown: 'd',
    help: 'detach the action, or remove the bot',
    hint: 'detach',
    when: hasItem,
    run: remove,
  },
];
