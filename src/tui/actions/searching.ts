import type { Controller } from '../controller.ts';
import { textOf } from '../state/editor.ts';
import { type Finder, hitOf, isStale, moveHit, newFinder, withHits, withOlderHits } from '../state/finder.ts';
import { goToEnd, returnTo, showMessage } from './reading.ts';
import { refreshVerdicts } from './verdicts.ts';

/** Milliseconds without a key after which the text is searched for. */
const searchDelay = 150;

function change(controller: Controller, make: (finder: Finder) => Finder): void {
  controller.store.update((state) =>
    state.finder === null ? state : { ...state, finder: make(state.finder) },
  );
}

/** Opens the search of the conversation, with a text if one is given. */
export async function openFinder(controller: Controller, text = ''): Promise<void> {
  const { finder, threadId } = controller.state;
  if (threadId === null) return;
  const { from } = finder ?? newFinder(controller.state);
  controller.store.update((state) => ({
    ...state,
    pane: 'conversation',
    finder: { ...newFinder(state, text), from },
  }));
  await searchNow(controller);
}

/** Ends the search and returns to where it began. */
export async function closeFinder(controller: Controller): Promise<void> {
  const { finder } = controller.state;
  controller.store.set({ finder: null });
  if (finder) await returnTo(controller, finder.from);
}

/** Ends the search at its hit, which is selected. */
export async function acceptHit(controller: Controller): Promise<void> {
  const { finder, conversation } = controller.state;
  if (finder === null) return;
  const selected = hitOf(finder) ?? null;
  controller.store.set({ finder: null, verdicts: null, inspectorTop: 0 });
  controller.store.set({ conversation: { ...conversation, selected } });
  await refreshVerdicts(controller);
}

/** Searches for a text that was changed, after a moment without a key. */
export function searchSoon(controller: Controller): void {
  const { finder } = controller.state;
  if (finder === null || !isStale(finder)) return;
  controller.later(searchDelay, () => {
    if (controller.state.finder?.query === finder.query) void controller.attempt(() => searchNow(controller));
  });
}

/** Shows an older hit, or a newer one if negative. A text that was changed is searched for first. */
export async function showHit(controller: Controller, by: number): Promise<void> {
  const { finder } = controller.state;
  if (finder === null) return;
  if (isStale(finder)) return searchNow(controller);
  if (finder.index + by >= finder.hits.length) await loadOlderHits(controller, finder);
  change(controller, (current) => moveHit(current, by));
  await reveal(controller);
}

/** Searches for the text, and shows the newest hit. */
async function searchNow(controller: Controller): Promise<void> {
  const { finder, threadId } = controller.state;
  if (finder === null || threadId === null || !isStale(finder)) return;
  const text = textOf(finder.query);
  if (text === '')
    return change(controller, ({ query, from }) => ({ ...newFinder(controller.state), query, from }));
  const page = await controller.client.messages.search(threadId, text);
  if (controller.state.threadId !== threadId) return;
  change(controller, (current) => withHits(current, text, page));
  await reveal(controller);
}

async function loadOlderHits(controller: Controller, { text, olderThan }: Finder): Promise<void> {
  const { threadId } = controller.state;
  if (threadId === null || olderThan === null) return;
  const page = await controller.client.messages.search(threadId, text, olderThan);
  change(controller, (current) =>
    current.olderThan === olderThan ? withOlderHits(current, text, page) : current,
  );
}

async function reveal(controller: Controller): Promise<void> {
  const { finder } = controller.state;
  const hit = finder && hitOf(finder);
  if (hit) await showMessage(controller, hit);
  else if (finder?.from.anchor === null && controller.state.conversation.anchor !== null)
    await goToEnd(controller);
}
