import { loadMorePeople, speakAs, speakAsNext } from '../actions/people.ts';
import { runLine } from '../actions/run-line.ts';
import type { Controller } from '../controller.ts';
import { memberAt, moveMemberCursor } from '../state/members.ts';
import type { State } from '../state/state.ts';
import { sideSize } from '../view/sizes.ts';
import { type Binding, everywhere } from './binding.ts';

const move = (by: number) => async (controller: Controller) => {
  controller.store.update((state) => moveMemberCursor(state, by));
  await loadMorePeople(controller);
};

const movePage = (direction: number) => (controller: Controller) =>
  move(direction * Math.max(1, sideSize(controller.state).height - 2))(controller);

const speak = (controller: Controller) => {
  const name = memberAt(controller.state)?.owner.name;
  controller.store.set({ pane: 'input' });
  return name && speakAs(controller, name);
};

/** An admin loses more than can be given back by the same key, so that is asked for. */
function toggleAdmin(controller: Controller): void | Promise<void> {
  const person = memberAt(controller.state);
  if (person === undefined) return;
  const { name } = person.owner;
  if (!person.admin) return runLine(controller, `/admin ${name} on`);
  controller.store.set({
    overlay: {
      kind: 'preview',
      title: `Shall ${name} no longer be an admin?`,
      rows: [
        `${name} may only write then. What they were permitted before they were an admin is not restored.`,
      ],
      line: `/admin ${name} off`,
    },
  });
}

const isOther = (state: State): boolean => {
  const person = memberAt(state);
  return person !== undefined && person.owner_id !== state.me;
};

/** Keys of the list of people, and those that change the speaker. */
export const peopleKeys: readonly Binding[] = [
  {
    keys: ['enter'],
    modes: ['people'],
    shown: 'Enter',
    help: 'speak as this person',
    hint: 'speak as',
    when: isOther,
    run: speak,
  },
  {
    keys: ['a'],
    modes: ['people'],
    shown: 'a',
    help: 'make this person an admin, or undo that',
    hint: 'admin',
    when: isOther,
    run: toggleAdmin,
  },
  {
    keys: ['up', 'k'],
    modes: ['people'],
    shown: '↑',
    help: 'previous person',
    hint: 'choose',
    run: move(-1),
  },
  { keys: ['down', 'j'], modes: ['people'], shown: '↓', help: 'next person', hint: 'choose', run: move(1) },
  { keys: ['pageup'], modes: ['people'], shown: 'PgUp', help: 'page up', run: movePage(-1) },
  { keys: ['pagedown'], modes: ['people'], shown: 'PgDn', help: 'page down', run: movePage(1) },
  { keys: ['home', 'g'], modes: ['people'], shown: 'Home', help: 'first person', run: move(-Infinity) },
  { keys: ['end', 'G'], modes: ['people'], shown: 'End', help: 'last loaded person', run: move(Infinity) },
  {
    keys: ['alt+s'],
    modes: everywhere,
    shown: 'Alt+S',
    help: 'speak as the next person who is logged in here',
    when: ({ people }) => people.length > 1,
    run: speakAsNext,
  },
];
