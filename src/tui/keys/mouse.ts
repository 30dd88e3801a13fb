import { scrollBy, selectMessage } from '../actions/reading.ts';
import type { Controller } from '../controller.ts';
import { isMessage } from '../state/conversation.ts';
import type { State } from '../state/state.ts';
import { type Spot, spotAt } from '../view/layout.ts';
import { sheetOf } from '../view/overlay-lines.ts';
import { conversationPane, hintRoom, sheetSize, shownHeight } from '../view/sizes.ts';
import { threadAt } from '../view/thread-lines.ts';
import { entryAt } from '../view/viewport.ts';
import { type Mode, modeOf } from './binding.ts';
import type { MouseKey } from './decode.ts';
import { workingKeys } from './working-keys.ts';

/** Rows that one turn of the wheel scrolls. A list goes on by one item. */
const wheelRows = 3;
const scrolling: readonly Mode[] = ['help', 'inspector', 'log'];

/** Does what the mouse asks for at the place it points to. */
export async function point(controller: Controller, { what, x, y }: MouseKey): Promise<void> {
  const spot = spotAt(controller.state, x, y);
  if (spot === undefined || !isWithinReach(controller.state, spot, what)) return;
  const work = what === 'click' ? click : turnWheel(what === 'wheel up' ? -1 : 1);
  await controller.attempt(async () => work(controller, spot));
}

/** While an overlay is open, it has the mouse. The conversation beside it can only be scrolled. */
const isWithinReach = ({ overlay }: State, { name }: Spot, what: MouseKey['what']): boolean =>
  overlay === null || name === 'panel' || (name === 'conversation' && what !== 'click');

const turnWheel =
  (direction: 1 | -1) =>
  async (controller: Controller, { name }: Spot): Promise<void> => {
    if (name === 'input') return;
    if (name === 'conversation') return scrollBy(controller, direction * wheelRows);
    // The cursor of the groups is shown while they have the focus.
    if (name === 'threads') focus(controller, name);
    const mode = modeOf(name === 'panel' ? controller.state : { ...controller.state, pane: name });
    const times = scrolling.includes(mode) ? wheelRows : 1;
    for (let time = 0; time < times; time++) await press(controller, mode, direction < 0 ? 'up' : 'down');
  };

/** Does what a key does in a mode. */
async function press(controller: Controller, mode: Mode, key: string): Promise<void> {
  await workingKeys(controller.state, mode)
    .find(({ keys }) => keys.includes(key))
    ?.run(controller);
}

const focus = ({ store }: Controller, pane: State['pane']): void =>
  store.update((state) => (state.pane === pane ? state : { ...state, pane, completion: null }));

async function click(controller: Controller, { name, row }: Spot): Promise<void> {
  // The title of a pane is its first row.
  const place = row - 1;
  if (name === 'panel') return clickPanel(controller, place);
  const { state } = controller;
  const thread =
    name === 'threads'
      ? threadAt(state, hintRoom(shownHeight(state), state.pane === 'threads'), place)
      : undefined;
  const entry = name === 'conversation' ? entryIn(state, place) : undefined;
  focus(controller, name);
  if (thread) {
    controller.store.set({ threadCursor: thread.id });
    await press(controller, 'threads', 'enter');
  }
  if (entry && isMessage(entry)) await selectMessage(controller, entry.id);
}

const entryIn = (state: State, place: number) =>
  place < 0 ? undefined : entryAt(state.conversation, conversationPane(state), place);

/** Moves to a choice or a field. The choice that is marked already is taken. */
async function clickPanel(controller: Controller, place: number): Promise<void> {
  const { state, store } = controller;
  const { overlay } = state;
  const { width, height } = sheetSize(state);
  const index = overlay ? sheetOf(state, overlay, width, height).items[place] : undefined;
  if (index === undefined) return;
  if (overlay?.kind === 'form') store.set({ overlay: { ...overlay, form: { ...overlay.form, index } } });
  if (overlay?.kind !== 'picker') return;
  if (overlay.index === index) await press(controller, 'picker', 'enter');
  else store.set({ overlay: { ...overlay, index } });
}
