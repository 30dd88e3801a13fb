import { Controller } from '../controller.ts';
import { initialState, myself } from '../state/state.ts';
import { begin } from '../state/unsent.ts';
import { pick } from './attaching.ts';
import { speakAs } from './people.ts';
import { markRead } from './threads.ts';

/** Shows a person beside the one who speaks. If there are two already, the other view changes to them. */
export async function openBeside(controller: Controller, name: string): Promise<void> {
  const { window } = controller;
  const other = window.other(controller);
  if (other) {
    await speakAs(other, name);
    return window.focus(other);
  }
  const beside = new Controller(controller.options, besideState(controller), window);
  beside.address = controller.address;
  try {
    await speakAs(beside, name);
  } catch (error) {
    beside.close();
    throw error;
  }
  window.add(beside);
}

/** The other person begins in the same group. */
function besideState({ state }: Controller): Controller['state'] {
  const { people, threadId, participants, status, clock, logs, reloads, bell } = state;
  return { ...initialState, people, threadId, participants, status, clock, logs, reloads, bell };
}

/** Gives the keys to the person beside this one. Where there is one person, asks who the other is. */
export function switchBeside(controller: Controller): void {
  const { window, state } = controller;
  const other = window.other(controller);
  if (other) {
    window.focus(other);
    return;
  }
  const known = [...state.people, ...state.participants.map(({ owner }) => owner)];
  const mine = myself(state)?.name;
  const names = [...new Set(known.map(({ name }) => name))].filter((name) => name !== mine);
  if (names.length === 0) {
    controller.store.update((now) => begin(now, '/beside '));
    return;
  }
  const choices = names.map((name) => ({ label: name, detail: 'beside you', line: `/beside ${name}` }));
  const another = { label: 'Somebody else', detail: 'type a name', line: '/beside', isIncomplete: true };
  pick(controller, 'Who speaks beside you?', [...choices, another]);
}

/** Closes the view beside this one. Returns whether there was one. */
export function closeBeside(controller: Controller): boolean {
  const other = controller.window.other(controller);
  if (other) controller.window.remove(other);
  return other !== undefined;
}

/** Marks what a person sees now as read. */
export async function markSeen(controller: Controller): Promise<void> {
  if (controller.state.conversation.anchor === null) await markRead(controller);
}
