import { isChanged } from '../../simulate/replay-difference.ts';
import { Replayer } from '../../simulate/replayer.ts';
import type { Controller } from '../controller.ts';
import { selectedMessage } from '../state/conversation.ts';
import { markMessage, rangeOf, withReplay } from '../state/replay.ts';
import { shownSide, withSide } from '../state/side.ts';

const replayers = new WeakMap<Controller, Replayer>();

/** The replayer of a view. */
export function replayerOf(controller: Controller): Replayer {
  const known = replayers.get(controller);
  if (known) return known;
  const replayer = new Replayer(() => replayOnce(controller));
  replayers.set(controller, replayer);
  return replayer;
}

/** Sends the last message of the open group, or the marked ones, again in a copy of the group. */
async function replayOnce(controller: Controller): Promise<void> {
  const { store, host } = controller;
  const { threadId } = controller.state;
  if (threadId === null) return;
  store.update((state) => withReplay(state, { isRunning: true }));
  const last = await controller.attempt(() => host.replay({ threadId, range: rangeOf(controller.state) }));
  if (controller.closed) return;
  const isHere = controller.state.threadId === threadId;
  store.update((state) => withReplay(state, { isRunning: false, ...(last && isHere && { last }) }));
  const changed = last?.messages.filter(isChanged).length ?? 0;
  if (changed > 0 && shownSide(controller.state) !== 'replay')
    controller.toast(`Replay: ${changed} answered otherwise. F5 shows it.`, 'plain', 'replay');
}

/** Switches replay on or off, and shows it. */
export function switchReplay(controller: Controller, isOn: boolean): void {
  replayerOf(controller).isOn = isOn;
  controller.store.update((state) => withReplay(isOn ? withSide(state, 'replay') : state, { isOn }));
}

/** Goes to the view of replays, which switches it on. There, it switches it off and goes back to the bots. */
export function toggleReplay(controller: Controller): void {
  const { replay } = controller.state;
  const isShown = shownSide(controller.state) === 'replay';
  if (replay.isOn && !isShown) controller.store.update((state) => withSide(state, 'replay'));
  else if (replay.isOn) {
    switchReplay(controller, false);
    controller.store.update((state) => withSide(state, 'bots'));
  } else {
    switchReplay(controller, true);
    void replayerOf(controller).run();
  }
}

/** Marks the selected message as one end of what is replayed. */
export function markSelected(controller: Controller): void {
  const message = selectedMessage(controller.state.conversation);
  if (message === undefined) return;
  controller.store.update((state) => markMessage(state, message.id));
  const texts = [
    'Nothing is marked: replays send the last message.',
    'Replays send this message. m on another one marks all between them.',
    'Replays send the messages between both marks.',
  ];
  controller.toast(texts[controller.state.replay.marked.length] ?? '', 'plain', 'replay');
}
