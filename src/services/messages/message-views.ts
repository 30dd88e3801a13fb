import type { Events } from '../../domain/event.ts';
import type { Message } from '../../domain/message.ts';
import type { Profile } from '../../domain/profile.ts';
import type { Reaction } from '../../domain/reaction.ts';
import type { Thread } from '../../domain/thread.ts';
import type { Store } from '../../store/store.ts';
import { loadProfiles, type Profiles } from '../users/profiles.ts';

/** A reaction and its owner. */
export interface ReactionView {
  reaction: Reaction;
  owner: Profile;
}

/** A message with everything that is shown with it. */
export interface MessageView {
  message: Message;
  thread: Thread;
  owner: Profile;
  reactions: ReactionView[];
  /** The message it replies to; null when that is gone, or was not requested. */
  replyTo: MessageView | null;
}

/** The messages of a thread with everything shown with them. Takes a few queries for any number. */
export function messageViews(
  store: Store,
  thread: Thread,
  messages: readonly Message[],
): Promise<MessageView[]> {
  return viewsOf(store, { thread, messages });
}

async function viewsOf(
  store: Store,
  { thread, messages, known }: { thread: Thread; messages: readonly Message[]; known?: readonly Profile[] },
): Promise<MessageView[]> {
  const replied = await store.messages.findAll(
    messages.flatMap(({ replyToId }) => (replyToId === null ? [] : [replyToId])),
  );
  const { profiles, reactionsTo } = await loadAround(store, [...messages, ...replied], known);
  const view = (message: Message, replyTo: MessageView | null): MessageView => ({
    message,
    thread,
    owner: profiles(message.owner),
    reactions: reactionsTo(message.id),
    replyTo,
  });
  const answered = new Map(replied.map((message) => [message.id, view(message, null)]));
  return messages.map((message) => view(message, answered.get(message.replyToId ?? '') ?? null));
}

/** One message with everything shown with it. */
export async function messageView(store: Store, thread: Thread, message: Message): Promise<MessageView> {
  return only(await messageViews(store, thread, [message]));
}

/** A new message with everything shown with it. Reads only what is shown with the message it replies to. */
export async function newMessageView(
  store: Store,
  { thread, message, profile, replyTo }: Omit<Events['NewMessage'], 'silent'>,
): Promise<MessageView> {
  const view = { message, thread, owner: profile, reactions: [], replyTo: null };
  if (replyTo === null) return view;
  const { profiles, reactionsTo } = await loadAround(store, [replyTo], [profile]);
  const [owner, reactions] = [profiles(replyTo.owner), reactionsTo(replyTo.id)];
  return { ...view, replyTo: { message: replyTo, thread, owner, reactions, replyTo: null } };
}

/** An edited message with everything shown with it. */
export async function editedMessageView(
  store: Store,
  { thread, message, profile }: Events['MessageEdited'],
): Promise<MessageView> {
  return only(await viewsOf(store, { thread, messages: [message], known: [profile] }));
}

/** A message as it is shown with a new reaction to it: with no other reactions. Reads only its owner. */
export async function reactedMessageView(
  store: Store,
  { thread, message, reaction, profile }: Events['ReactionAdded'],
): Promise<MessageView> {
  const profiles = await loadProfiles(store, [message.owner], [profile]);
  const reactions = [{ reaction, owner: profile }];
  return { message, thread, owner: profiles(message.owner), reactions, replyTo: null };
}

function only([view]: readonly MessageView[]): MessageView {
  if (view === undefined) throw new Error('A message has no view.');
  return view;
}

/** The newest message of each thread, for lists of threads. Omits the message it replies to. */
export async function latestViews(
  store: Store,
  threads: readonly Thread[],
): Promise<Map<string, MessageView>> {
  const latest = await store.messages.latest(threads.map(({ id }) => id));
  const { profiles, reactionsTo } = await loadAround(store, [...latest.values()]);
  const views = threads.flatMap((thread): Array<[string, MessageView]> => {
    const message = latest.get(thread.id);
    if (message === undefined) return [];
    const [owner, reactions] = [profiles(message.owner), reactionsTo(message.id)];
    return [[thread.id, { message, thread, owner, reactions, replyTo: null }]];
  });
  return new Map(views);
}

/** The reactions to a message with their owners. */
export async function reactionViews(store: Store, message: Message): Promise<ReactionView[]> {
  return (await loadAround(store, [message])).reactionsTo(message.id);
}

async function loadAround(store: Store, messages: readonly Message[], known: readonly Profile[] = []) {
  const reactions = await store.reactions.ofAll(messages.map(({ id }) => id));
  const profiles = await loadProfiles(
    store,
    [...messages, ...reactions].map(({ owner }) => owner),
    known,
  );
  const byMessage = group(reactions, profiles);
  return { profiles, reactionsTo: (messageId: string) => byMessage.get(messageId) ?? [] };
}

function group(reactions: readonly Reaction[], profiles: Profiles): Map<string, ReactionView[]> {
  const byMessage = new Map<string, ReactionView[]>();
  for (const reaction of reactions) {
    const views = byMessage.get(reaction.messageId) ?? [];
    byMessage.set(reaction.messageId, [...views, { reaction, owner: profiles(reaction.owner) }]);
  }
  return byMessage;
}
