import type { MessageJson, PusherEvent, ReactionJson, ReactionsJson } from '../../client/index.ts';
import type { Desk } from '../desk.ts';
import { append, changeMessage, entryOf, removeMessage } from '../state/conversation.ts';
import { type State, withTypist } from '../state/state.ts';
import { markRead, refreshBots, refreshPeople, refreshThreads } from './threads.ts';
import { refreshVerdicts } from './verdicts.ts';

/** How long somebody counts as typing who does not say that they stopped, in milliseconds. */
const typingTime = 8_000;

/** System messages from here on tell of bots. */
const firstBotType = 100;

interface Whisper {
  provider_id: string;
  provider_alias: string;
  name: string;
}

/** What each event of the API does to the screen. */
const reactionsTo: Record<string, (desk: Desk, data: never, threadId: string) => void> = {
  'new.message': (desk, message: MessageJson) => received(desk, message),
  'message.archived': (desk, { message_id }: { message_id: string }) =>
    changeConversation(desk, (conversation) => removeMessage(conversation, message_id)),
  'message.edited': (desk, message: MessageJson) =>
    changeConversation(desk, (conversation) =>
      changeMessage(conversation, message.id, (old) => ({ ...old, body: message.body, edited: true })),
    ),
  'reaction.added': (desk, reaction: ReactionJson) =>
    changeReactions(desk, reaction.message_id, (data) => {
      const others = (data[reaction.reaction] ?? []).filter(({ id }) => id !== reaction.id);
      return { ...data, [reaction.reaction]: [...others, reaction] };
    }),
  'reaction.removed': (desk, gone: Pick<ReactionJson, 'id' | 'message_id' | 'reaction'>) =>
    changeReactions(desk, gone.message_id, (data) => {
      const { [gone.reaction]: list = [], ...others } = data;
      const rest = list.filter(({ id }) => id !== gone.id);
      return rest.length === 0 ? others : { ...others, [gone.reaction]: rest };
    }),
  'knock.knock': (desk, { sender, thread }: { sender?: { name: string }; thread?: { id: string } }) => {
    const text = `${sender?.name ?? 'Somebody'} knocks`;
    if (thread?.id === desk.state.threadId) addNote(desk, text, 'system');
    else desk.toast(text);
  },
  'client-typing': (desk, who: Whisper, threadId) => types(desk, who, threadId, true),
  'client-stop-typing': (desk, who: Whisper, threadId) => types(desk, who, threadId, false),
  'new.thread': (desk) => again(desk, refreshThreads),
  'thread.settings': (desk) => again(desk, refreshThreads, refreshBots),
  'thread.archived': (desk) => again(desk, refreshThreads),
  'thread.left': (desk) => again(desk, refreshThreads),
  'permissions.updated': (desk) => again(desk, refreshThreads),
  'promoted.admin': (desk) => again(desk, refreshThreads, refreshPeople),
  'demoted.admin': (desk) => again(desk, refreshThreads, refreshPeople),
};

/** Does to the screen what an event says; those that are not shown do nothing. */
export function onEvent(desk: Desk, { event, channel = '', data }: PusherEvent): void {
  if (!Object.hasOwn(reactionsTo, event)) return;
  reactionsTo[event]?.(desk, data as never, channel.split('.').at(-1) ?? '');
}

const again = (desk: Desk, ...refreshes: Array<(desk: Desk) => Promise<void>>): void => {
  for (const refresh of refreshes) void desk.attempt(() => refresh(desk));
};

/** Puts a line of our own into the open conversation. */
export function addNote(desk: Desk, text: string, tone: 'system' | 'bad'): void {
  const at = new Date().toISOString();
  const id = `note ${at} ${desk.state.conversation.entries.length}`;
  changeConversation(desk, (conversation) => append(conversation, { kind: 'note', id, at, text, tone }));
}

function changeConversation(
  desk: Desk,
  change: (conversation: State['conversation']) => State['conversation'],
): void {
  desk.store.update((state) => ({ ...state, conversation: change(state.conversation) }));
}

function changeReactions(
  desk: Desk,
  messageId: string,
  change: (data: ReactionsJson['data']) => ReactionsJson['data'],
): void {
  changeConversation(desk, (conversation) =>
    changeMessage(conversation, messageId, (message) => {
      const data = change(message.reactions?.data ?? {});
      const total = Object.values(data).flat().length;
      const reactions = { data, meta: { total, total_unique: Object.keys(data).length } };
      return { ...message, reacted: total > 0, reactions };
    }),
  );
}

/** A message that somebody sent, perhaps ourselves: it comes once, however many ways it takes. */
export function received(desk: Desk, message: MessageJson): void {
  const { me, threadId } = desk.state;
  const isOwn = message.owner.provider_id === me;
  stopsTyping(desk, message);
  if (message.thread_id === threadId) receivedHere(desk, message, isOwn);
  else again(desk, refreshThreads);
}

function receivedHere(desk: Desk, message: MessageJson, isOwn: boolean): void {
  changeConversation(desk, (conversation) => append(conversation, entryOf(message), isOwn));
  const isSeen = desk.state.conversation.anchor === null;
  // To have said something is to have read; what the system says of us is not.
  if (isSeen && (!isOwn || message.system_message)) again(desk, markRead);
  if (message.system_message) again(desk, refreshPeople, refreshThreads);
  if (message.type >= firstBotType) again(desk, refreshBots);
  if (message.from_bot) again(desk, refreshVerdicts);
}

function stopsTyping(desk: Desk, { thread_id: threadId, owner }: MessageJson): void {
  const typist = { threadId, id: owner.provider_id, name: owner.name };
  desk.store.update((state) => withTypist(state, typist, false));
}

function types(desk: Desk, who: Whisper, threadId: string, isTyping: boolean): void {
  if (who.provider_id === desk.state.me) return;
  const typist = { threadId, id: who.provider_id, name: who.name };
  desk.store.update((state) => withTypist(state, typist, isTyping));
  if (!isTyping) return;
  desk.later(typingTime, () =>
    desk.store.update((state) => (state.typists.includes(typist) ? withTypist(state, typist, false) : state)),
  );
}
