import { ApiError, type Client, Realtime } from '../../client/index.ts';
import type { Desk } from '../desk.ts';
import { refreshConversation } from '../state/conversation.ts';
import { addNote, onEvent } from './events.ts';
import { openThread, presenceOf, refreshBots, refreshPeople, refreshThreads } from './threads.ts';

/** Lets somebody speak; a new name is created, and comes into the open group if somebody here may add them. */
export async function speakAs(desk: Desk, name: string): Promise<void> {
  const known = desk.state.people.find((person) => person.name === name);
  const id = known?.id ?? (await enter(desk, name));
  await bringIn(desk, id);
  desk.store.set({ me: id, recalled: 0, draft: null });
  listen(desk);
  await refreshThreads(desk);
  const { threadId, threads } = desk.state;
  const there = threads.find((thread) => thread.id === threadId) ?? threads[0];
  if (there) await openThread(desk, there.id);
}

async function enter(desk: Desk, name: string): Promise<string> {
  const login = await desk.host.login(name);
  desk.seat(login);
  return login.id;
}

/** Adds somebody to the open group, as whoever of those here may do so. */
async function bringIn(desk: Desk, id: string): Promise<void> {
  const { threadId, participants } = desk.state;
  if (threadId === null || participants.some(({ owner_id }) => owner_id === id)) return;
  await asWhoeverMay(desk, (client) => client.participants.add(threadId, [id]));
}

/** Does something as the one who speaks, or else as another one of those here who may. */
async function asWhoeverMay(desk: Desk, work: (client: Client) => Promise<unknown>): Promise<void> {
  const { me, people } = desk.state;
  const ids = [me, ...people.map(({ id }) => id)].filter((id) => id !== null);
  let refused: unknown;
  for (const id of new Set(ids)) {
    try {
      await work(desk.clientOf(id));
      return;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 403) throw error;
      refused ??= error;
    }
  }
  throw refused;
}

/** Makes somebody an admin of the open group, or no longer. */
export async function setAdmin(desk: Desk, name: string, isAdmin: boolean): Promise<void> {
  const { threadId, participants } = desk.state;
  const participant = participants.find(({ owner }) => owner.name === name);
  if (threadId === null || participant === undefined)
    return desk.toast(`${name} is not in this group.`, 'bad');
  if (participant.admin === isAdmin)
    return desk.toast(`${name} is ${isAdmin ? 'an admin' : 'no admin'} already.`, 'plain');
  await asWhoeverMay(desk, ({ participants: { promote, demote } }) =>
    (isAdmin ? promote : demote)(threadId, participant.id),
  );
  desk.toast(`${name} is ${isAdmin ? 'an admin now' : 'no admin any more'}.`, 'good');
  await refreshPeople(desk);
}

/** Hears what happens for the one who speaks. */
export function listen(desk: Desk): void {
  const { address } = desk;
  const { me, threadId } = desk.state;
  desk.realtime?.close();
  desk.realtime = undefined;
  if (address === undefined || me === null) return;
  const realtime: Realtime = new Realtime({
    ...address,
    token: desk.tokenOf(me),
    onEvent: (event) => onEvent(desk, event),
    onStatus: (status) => {
      if (desk.realtime === undefined || desk.realtime === realtime) onStatus(desk, status);
    },
  });
  desk.realtime = realtime;
  realtime.subscribe(`private-messenger.user.${me}`);
  if (threadId !== null) realtime.subscribe(presenceOf(threadId));
}

function onStatus(desk: Desk, link: Desk['state']['link']): void {
  if (link !== 'closed') desk.store.set({ link });
  if (link === 'offline' && !desk.lost) addNote(desk, 'The daemon is gone; reconnecting …', 'bad');
  if (link === 'offline') void desk.attempt(() => relocate(desk));
  if (link === 'online' && desk.lost) {
    desk.lost = false;
    desk.toast('Connected to the daemon again.', 'good');
  }
  if (link === 'online') void desk.attempt(() => catchUp(desk));
}

/** The daemon may have come back somewhere else, or has to be started. */
async function relocate(desk: Desk): Promise<void> {
  desk.lost = true;
  const address = await desk.host.locate();
  if (desk.closed || address.url === desk.address?.url) return;
  desk.address = address;
  listen(desk);
}

/** What may have happened while nobody listened. */
async function catchUp(desk: Desk): Promise<void> {
  const { threadId } = desk.state;
  await refreshThreads(desk);
  if (threadId === null) return;
  const page = await desk.client.messages.newest(threadId);
  desk.store.update((state) =>
    state.threadId === threadId
      ? { ...state, conversation: refreshConversation(state.conversation, page) }
      : state,
  );
  await Promise.all([refreshPeople(desk), refreshBots(desk)]);
}
