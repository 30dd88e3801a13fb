import type { EventData } from '../../api/realtime.ts';
import { type EventBus, type Events, type ThreadEventName, threadIdOf } from '../../domain/event.ts';
import type { Message } from '../../domain/message.ts';
import type { Provider } from '../../domain/provider.ts';
import type { Thread } from '../../domain/thread.ts';
import { presentProvider } from '../presenters/provider.ts';
import type { Broadcast } from './audience.ts';
import type { BroadcastPresenter } from './broadcast-presenter.ts';

/** Takes the broadcasts of an event of a thread. They are made later, in order. */
export type Emit = (threadId: string, make: (presenter: BroadcastPresenter) => Promise<Broadcast[]>) => void;

/** Listens for one kind of event. Returns a function that stops it. */
type Row = (events: EventBus, emit: Emit) => () => void;

const on =
  <Name extends ThreadEventName>(
    name: Name,
    broadcasts: (event: Events[Name], presenter: BroadcastPresenter) => Broadcast[] | Promise<Broadcast[]>,
  ): Row =>
  (events, emit) =>
    events.on(name, (event) => emit(threadIdOf(event), async (presenter) => broadcasts(event, presenter)));

/** Creates a broadcast from the name and the data of a client event. */
type CreateBroadcast<Args extends unknown[]> = <Name extends keyof EventData>(
  ...args: [...Args, event: Name, data: EventData[Name]]
) => Broadcast;

const all: CreateBroadcast<[]> = (event, data) => ({ audience: { to: 'all' }, event, data });
const others: CreateBroadcast<[actor: Provider]> = (actor, event, data) => ({
  audience: { to: 'all', but: actor.id },
  event,
  data,
});
const presence: CreateBroadcast<[]> = (event, data) => ({ audience: { to: 'presence' }, event, data });
const person: CreateBroadcast<[person: { userId: string }]> = ({ userId }, event, data) => ({
  audience: { to: 'people', userIds: [userId] },
  event,
  data,
});

/** For the author of a message. */
const author: CreateBroadcast<[message: Message]> = ({ owner }, event, data) => ({
  audience: { to: 'listeners', userIds: [owner.id] },
  event,
  data,
});

/** Whether the author of a message is notified of a reaction: a person, unless they reacted themselves. */
const concernsAuthor = ({ owner }: Message, actor: Provider): boolean =>
  owner.type === 'user' && owner.id !== actor.id;

const idOf = ({ id }: Thread) => ({ thread_id: id });

/** What clients receive for each event: who receives it, under which name, and with which data. */
export const broadcasts: readonly Row[] = [
  on('NewMessage', async (event, presenter) =>
    event.silent ? [] : [all('new.message', await presenter.newMessage(event))],
  ),
  on('MessageEdited', async (event, presenter) => [
    presence('message.edited', await presenter.editedMessage(event)),
  ]),
  on('MessageArchived', ({ threadId, messageId, silent }) =>
    silent ? [] : [all('message.archived', { message_id: messageId, thread_id: threadId })],
  ),
  on('ReactionAdded', async (event, presenter) => {
    const { message, reaction, silent } = event;
    if (silent) return [];
    const added = presenter.reaction(event);
    const everybody = presence('reaction.added', added);
    if (!concernsAuthor(message, reaction.owner)) return [everybody];
    const both = { ...added, message: await presenter.reactedMessage(event) };
    return [everybody, author(message, 'reaction.added', both)];
  }),
  on('ReactionRemoved', ({ message, reaction: { id, owner, reaction } }) => {
    const removed = { id, message_id: message.id, reaction };
    const everybody = presence('reaction.removed', removed);
    if (!concernsAuthor(message, owner)) return [everybody];
    return [everybody, author(message, 'reaction.removed', removed)];
  }),
  on('Knock', ({ thread, from, profile, silent }, presenter) => {
    if (silent) return [];
    const data = { thread: presenter.thread(thread), sender: presentProvider(profile) };
    return [others(from, 'knock.knock', data)];
  }),
  on('Typing', ({ profile }, presenter) => [presence('client-typing', presenter.whisperer(profile))]),
  on('StoppedTyping', ({ profile }, presenter) => [
    presence('client-stop-typing', presenter.whisperer(profile)),
  ]),
  on('Read', ({ profile, messageId }, presenter) => [
    presence('client-read', { ...presenter.whisperer(profile), message_id: messageId }),
  ]),
  on('ParticipantsAdded', ({ thread, by, profile, participants }, presenter) => {
    const data: EventData['new.thread'] = {
      thread: presenter.newThread(thread),
      sender: presentProvider(profile),
    };
    const userIds = participants.map(({ userId }) => userId).filter((id) => id !== by.id);
    return [{ audience: { to: 'people', userIds }, event: 'new.thread', data }];
  }),
  on('ThreadSettings', ({ thread, profile }, presenter) => [
    presence('thread.settings', { sender: presentProvider(profile), ...presenter.settings(thread) }),
  ]),
  on('ThreadAvatar', ({ thread, profile }, presenter) => [
    presence('thread.avatar', { sender: presentProvider(profile), ...presenter.settings(thread) }),
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
