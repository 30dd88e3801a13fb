import { Realtime } from '../../client/index.ts';
import { asAnyPermitted } from '../../simulate/session.ts';
import type { Controller } from '../controller.ts';
import { refreshConversation } from '../state/conversation.ts';
import { needsMoreMembers, withMoreMembers } from '../state/members.ts';
import { showPeople } from '../state/side.ts';
import { withFirstThreads } from '../state/thread-list.ts';
import { switchPlace } from '../state/unsent.ts';
import { addNote, onEvent } from './events.ts';
import { loadNewest } from './pages.ts';
import { refreshSoon } from './refreshing.ts';
import {
  openThread,
  presenceOf,
  refreshBots,
  refreshPeople,
  refreshThreads,
  unlessMissing,
} from './threads.ts';

/** Changes the speaker. Creates a new person, and adds them to the open group if someone here may do that. */
export async function speakAs(controller: Controller, name: string): Promise<void> {
  const known = controller.state.people.find((person) => person.name === name);
  const id = known?.id ?? (await loginAs(controller, name));
  await addToThread(controller, id);
  controller.store.update((state) => switchPlace(state, { me: id }));
  listen(controller);
  await refreshThreads(controller, withFirstThreads);
  const { threadId, threads } = controller.state;
  const there = threads.find((thread) => thread.id === threadId) ?? threads[0];
  if (there) await openThread(controller, there.id);
}

/** Goes to the list of people, and reads it again: how far somebody has read is announced to nobody. */
export function openPeople(controller: Controller): void {
  controller.store.update(showPeople);
  refreshSoon(controller, refreshPeople);
}

/** Lets the next person who is logged in here speak. */
export async function speakAsNext(controller: Controller): Promise<void> {
  const { people, me } = controller.state;
  const place = people.findIndex(({ id }) => id === me);
  const next = people[(place + 1) % people.length];
  if (next && next.id !== me) await speakAs(controller, next.name);
}

const loadingMore = new WeakSet<Controller>();

/** Loads more people of the open group if the cursor is near the end of what is loaded. */
export async function loadMorePeople(controller: Controller): Promise<void> {
  const { client, state, store } = controller;
  const { threadId, members } = state;
  if (threadId === null || members.next === null || !needsMoreMembers(state)) return;
  if (loadingMore.has(controller)) return;
  loadingMore.add(controller);
  try {
    const page = await client.participants.list(threadId, members.next);
    store.update((now) =>
      now.threadId === threadId && now.members.next === members.next ? withMoreMembers(now, page) : now,
    );
  } finally {
    loadingMore.delete(controller);
  }
}

async function loginAs(controller: Controller, name: string): Promise<string> {
  const login = await controller.host.login(name);
  controller.logIn(login);
  return login.id;
}

/** Adds a person to the open group, as any person logged in here who is permitted to. */
async function addToThread(controller: Controller, id: string): Promise<void> {
  const { threadId } = controller.state;
  if (threadId === null || (await controller.clientOf(id).threads.show(threadId).catch(unlessMissing)))
    return;
  await asAnyPermitted(controller.clients, (client) => client.participants.add(threadId, [id]));
}

/** Subscribes to the events of the current speaker. */
export function listen(controller: Controller): void {
  const { address } = controller;
  const { me, threadId } = controller.state;
  controller.realtime?.close();
  controller.realtime = undefined;
  if (address === undefined || me === null) return;
  const realtime: Realtime = new Realtime({
    ...address,
    token: controller.tokenOf(me),
    onEvent: (event) => onEvent(controller, event),
    onStatus: (status) => {
      if (controller.realtime === undefined || controller.realtime === realtime) onStatus(controller, status);
    },
  });
  controller.realtime = realtime;
  realtime.subscribe(`private-messenger.user.${me}`);
  if (threadId !== null) realtime.subscribe(presenceOf(threadId));
}

function onStatus(controller: Controller, link: Controller['state']['link']): void {
  if (link !== 'closed') controller.store.set({ link });
  if (link === 'offline' && !controller.lost)
    addNote(controller, 'The daemon is gone; reconnecting …', 'bad');
  if (link === 'offline') void controller.attempt(() => relocate(controller));
  if (link === 'online' && controller.lost) {
    controller.lost = false;
    controller.toast('Connected to the daemon again.', 'good');
  }
  if (link === 'online') void controller.attempt(() => catchUp(controller));
}

/** Locates the daemon again: it may have a new address, or has to be started. */
async function relocate(controller: Controller): Promise<void> {
  controller.lost = true;
  const address = await controller.host.locate();
  if (controller.closed || address.url === controller.address?.url) return;
  controller.address = address;
  listen(controller);
}

/** Reloads what may have changed while the connection was lost. */
async function catchUp(controller: Controller): Promise<void> {
  const { threadId } = controller.state;
  await refreshThreads(controller);
  if (threadId === null) return;
  await loadNewest(controller, threadId, refreshConversation);
  await Promise.all([refreshPeople(controller), refreshBots(controller)]);
}
