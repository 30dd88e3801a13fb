import type { EventData } from '../../api/realtime.ts';
import type { EventBus, EventName, Events } from '../../domain/event.ts';
import type { Message } from '../../domain/message.ts';
import type { Provider } from '../../domain/provider.ts';
import type { Thread } from '../../domain/thread.ts';
import type { Broadcast } from './audience.ts';
import type { BroadcastPresenter } from './broadcast-presenter.ts';

type InThread = { thread: { id: string } } | { threadId: string } | { message: { threadId: string } };

/** The events that concern a thread. */
type ThreadEventName = { [Name in EventName]: Events[Name] extends InThread ? Name : never }[EventName];

/** Takes the broadcasts of an event of a thread. They are made later, in order. */
export type Emit = (threadId: string, make: (presenter: BroadcastPresenter) => Promise<Broadcast[]>) => void;

/** Listens for one kind of event. Returns a function that stops it. */
type Row = (events: EventBus, tell: Emit) => () => void;

const on =
  <Name extends ThreadEventName>(
    name: Name,
    broadcasts: (event: Events[Name], presenter: BroadcastPresenter) => Broadcast[] | Promise<Broadcast[]>,
  ): Row =>
  (events, tell) =>
    events.on(name, (event) => tell(threadIdOf(event), async (presenter) => broadcasts(event, presenter)));

function threadIdOf(event: InThread): string {
  if ('thread' in event) return event.thread.id;
  return 'threadId' in event ? event.threadId : event.message.threadId;
}

/** Creates the broadcasts of an event from its data. */
type Told<Args extends unknown[], Result = Broadcast> = <Name extends keyof EventData>(
  ...args: [...Args, event: Name, data: EventData[Name]]
) => Result;

const all: Told<[]> = (event, data) => ({ audience: { to: 'all' }, event, data });
const others: Told<[actor: Provider]> = (actor, event, data) => ({
  audience: { to: 'all', but: actor.id },
  event,
  data,
});
const presence: Told<[]> = (event, data) => ({ audience: { to: 'presence' }, event, data });
const person: Told<[person: { userId: string }]> = ({ userId }, event, data) => ({
  audience: { to: 'people', userIds: [userId] },
  event,
  data,
});

/** For the author of a message, unless the author is the one who acted. */
const author: Told<[message: Message, actor: Provider], Broadcast[]> = ({ owner }, actor, event, data) =>
  owner.type === 'user' && owner.id !== actor.id
    ? [{ audience: { to: 'listeners', userIds: [owner.id] }, event, data }]
    : [];

const idOf = ({ id }: Thread) => ({ thread_id: id });

/** What clients receive for each event: who receives it, under which name, and with which data. */
export const broadcasts: readonly Row[] = [
  on('NewMessage', async ({ thread, message, silent, temporaryId }, presenter) =>
    silent ? [] : [all('new.message', await presenter.message(thread, message, { temporaryId }))],
  ),
  on('MessageEdited', async ({ thread, message }, presenter) => [
    presence('message.edited', await presenter.message(thread, message)),
  ]),
  on('MessageArchived', ({ threadId, messageId, silent }) =>
    silent ? [] : [all('message.archived', { message_id: messageId, thread_id: threadId })],
  ),
  on('ReactionAdded', async ({ message, reaction, silent }, presenter) => {
    if (silent) return [];
    const added = await presenter.reaction(reaction);
    const both: EventData['reaction.added'] = { ...added, message: await presenter.reacted(message) };
    return [presence('reaction.added', added), ...author(message, reaction.owner, 'reaction.added', both)];
  }),
  on('ReactionRemoved', ({ message, reaction: { id, owner, reaction } }) => {
    const removed = { id, message_id: message.id, reaction };
    return [presence('reaction.removed', removed), ...author(message, owner, 'reaction.removed', removed)];
  }),
  on('Knock', async ({ thread, from, silent }, presenter) => {
    if (silent) return [];
    const data = { thread: presenter.thread(thread), sender: await presenter.provider(from) };
    return [others(from, 'knock.knock', data)];
  }),
  on('Typing', async ({ from }, presenter) => [presence('client-typing', await presenter.whisperer(from))]),
  on('StoppedTyping', async ({ from }, presenter) => [
    presence('client-stop-typing', await presenter.whisperer(from)),
  ]),
  on('Read', async ({ from, messageId }, presenter) => [
    presence('client-read', { ...(await presenter.whisperer(from)), message_id: messageId }),
  ]),
  on('ParticipantsAdded', async ({ thread, by, participants }, presenter) => {
    const data: EventData['new.thread'] = {
      thread: presenter.newThread(thread),
      sender: await presenter.provider(by),
    };
    const userIds = participants.map(({ userId }) => userId).filter((id) => id !== by.id);
    return [{ audience: { to: 'people', userIds }, event: 'new.thread', data }];
  }),
  on('ThreadSettings', async ({ thread, by }, presenter) => [
    presence('thread.settings', { sender: await presenter.provider(by), ...presenter.settings(thread) }),
  ]),
  on('ThreadAvatar', async ({ thread, by }, presenter) => [
    presence('thread.avatar', { sender: await presenter.provider(by), ...presenter.settings(thread) }),
  ]),
  on('ThreadArchived', ({ thread }) => [all('thread.archived', idOf(thread))]),
  on('ThreadRead', ({ thread, participant }) => [
    person(participant, 'thread.read', { ...idOf(thread), last_read: participant.lastReadAt }),
  ]),
  on('ThreadLeft', ({ thread, participant }) => [person(participant, 'thread.left', idOf(thread))]),
  on('RemovedFromThread', ({ thread, participant }) => [person(participant, 'thread.left', idOf(thread))]),
  on('ParticipantPermissions', ({ thread, participant }) => [
    person(participant, 'permissions.updated', idOf(thread)),
  ]),
  on('PromotedAdmin', ({ thread, participant }) => [person(participant, 'promoted.admin', idOf(thread))]),
  on('DemotedAdmin', ({ thread, participant }) => [person(participant, 'demoted.admin', idOf(thread))]),
];
