import type { ActionJson, ShownBotJson } from '../../client/index.ts';
import { actionsOf } from '../../simulate/visible-actions.ts';
import type { State } from './state.ts';

/** What the cursor of the bots pane can be on: a bot, or one of its actions. */
export interface BotItem {
  id: string;
  bot: ShownBotJson;
  /** Undefined for the bot itself. */
  action?: ActionJson;
}

/** The place in the bots pane, by ids: bots and actions come and go. */
export interface BotsPane {
  /** What the cursor is on; null before it was moved. */
  readonly cursor: string | null;
  /** Where it was in the list, for when that is gone. */
  readonly place: number;
  /** What is shown with its details. */
  readonly open: string | null;
}

export const emptyBotsPane: BotsPane = { cursor: null, place: 0, open: null };

/** All bots and actions, in the order in which they are shown. */
export const botItems = (bots: readonly ShownBotJson[]): BotItem[] =>
  bots.flatMap((bot) => [
    { id: bot.id, bot },
    ...actionsOf(bot).map((action) => ({ id: action.id, bot, action })),
  ]);

/** What the cursor is on: what it was put on, or what has come into its place. */
export function chosenItem({ bots, botsPane }: Pick<State, 'bots' | 'botsPane'>): BotItem | undefined {
  const items = botItems(bots);
  const found = items.find(({ id }) => id === botsPane.cursor);
  return found ?? items[Math.min(botsPane.place, items.length - 1)];
}

/** Moves the cursor by so many items. */
export function moveBotCursor(state: State, by: number): State {
  const items = botItems(state.bots);
  const now = items.findIndex(({ id }) => id === chosenItem(state)?.id);
  const place = Math.max(0, Math.min(items.length - 1, now + by));
  return { ...state, botsPane: { ...state.botsPane, cursor: items[place]?.id ?? null, place } };
}

/** Shows or hides the details of what the cursor is on. */
export function toggleDetails(state: State): State {
  const id = chosenItem(state)?.id ?? null;
  const open = state.botsPane.open === id ? null : id;
  return { ...state, botsPane: { ...state.botsPane, open }, inspectorTop: 0 };
}
