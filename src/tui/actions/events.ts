import {
  type EventData,
  type MessageJson,
  type PusherEvent,
  type ReactionsJson,
  readPresence,
} from '../../client/index.ts';
import type { Controller } from '../controller.ts';
import { isOnScreen } from '../state/beside.ts';
import { productTime } from '../state/clock.ts';
import { append, changeMessage, entryOf, markMissed, removeMessage } from '../state/conversation.ts';
import { withPresence, withReader } from '../state/members.ts';
import { type State, withTypist } from '../state/state.ts';
import { withoutThread, withReadThread } from '../state/thread-list.ts';
import { refreshSoon } from './refreshing.ts';
import { markRead, presenceOf, refreshBots, refreshPeople, refreshThreads } from './threads.ts';
import { refreshVerdicts } from './verdicts.ts';

/** Milliseconds after which a person no longer counts as typing without a new event. */
const typingTime = 8_000;

/** Milliseconds between two refreshes of the list of groups while many messages are written in the others. */
const otherGroupsInterval = 1_000;

/** The first type of the system messages about bots. */
const firstBotType = 100;

/** How each event of the API changes the screen. */
const eventHandlers: {
  [Name in keyof EventData]?: (controller: Controller, data: EventData[Name], threadId: string) => void;
} = {
  'new.message': (controller, message) => received(controller, message),
  'message.archived': (controller, { message_id }) =>
    changeConversation(controller, (conversation) => removeMessage(conversation, message_id)),
  'message.edited': (controller, message) =>
    changeConversation(controller, (conversation) =>
      changeMessage(conversation, message.id, (old) => ({ ...old, body: message.body, edited: true })),
    ),
  'reaction.added': (controller, reaction) =>
    changeReactions(controller, reaction.message_id, (data) => {
      const others = (data[reaction.reaction] ?? []).filter(({ id }) => id !== reaction.id);
      return { ...data, [reaction.reaction]: [...others, reaction] };
    }),
  'reaction.removed': (controller, gone) =>
    changeReactions(controller, gone.message_id, (data) => {
      const { [gone.reaction]: list = [], ...others } = data;
      const rest = list.filter(({ id }) => id !== gone.id);
      return rest.length === 0 ? others : { ...others, [gone.reaction]: rest };
    }),
  'knock.knock': (controller, { sender, thread }) => {
    const text = `${sender.name} knocks`;
    if (controller.state.bell) controller.options.write('\u0007');
    if (thread.id === controller.state.threadId) addNote(controller, text, 'system');
    else controller.toast(thread.name === undefined ? text : `${text} in #${thread.name}`);
  },
  'client-typing': (controller, who, threadId) => setTyping(controller, who, threadId, true),
  'client-stop-typing': (controller, who, threadId) => setTyping(controller, who, threadId, false),
  'client-read': ({ store }, { provider_id, message_id }, threadId) =>
    store.update((state) =>
      state.threadId === threadId
        ? withReader(state, provider_id, message_id, new Date(productTime(state)).toISOString())
        : state,
    ),
  'new.thread': (controller) => refreshAll(controller, refreshThreads),
  'thread.settings': (controller) => refreshAll(controller, refreshThreads, refreshBots),
  'thread.archived': threadGone,
  'thread.left': threadGone,
  // It was read in another window.
  'thread.read': ({ store }, { thread_id }) => store.update((state) => withReadThread(state, thread_id)),
  'permissions.updated': (controller) => refreshAll(controller, refreshThreads),
  'promoted.admin': (controller) => refreshAll(controller, refreshThreads, refreshPeople),
  'demoted.admin': (controller) => refreshAll(controller, refreshThreads, refreshPeople),
};

function threadGone(controller: Controller, { thread_id }: EventData['thread.left']): void {
  controller.store.update((state) => withoutThread(state, thread_id));
  refreshAll(controller, refreshThreads);
}

const isShown = (event: string): event is keyof EventData => Object.hasOwn(eventHandlers, event);

/** Applies an event to the screen. Events that are not shown are ignored. */
export function onEvent(controller: Controller, pusherEvent: PusherEvent): void {
  const { event, channel = '', data } = pusherEvent;
  const presence = readPresence(pusherEvent);
  if (presence && controller.state.threadId !== null && channel === presenceOf(controller.state.threadId))
    controller.store.update((state) => withPresence(state, presence));
  if (isShown(event)) eventHandlers[event]?.(controller, data as never, channel.split('.').at(-1) ?? '');
}

const refreshAll = (
  controller: Controller,
  ...refreshes: Array<(controller: Controller) => Promise<void>>
): void => {
  for (const refresh of refreshes) refreshSoon(controller, refresh);
};

/** Adds a local line to the open conversation. */
export function addNote(controller: Controller, text: string, tone: 'system' | 'bad'): void {
  const at = new Date(productTime(controller.state)).toISOString();
  const id = `note ${at} ${controller.state.conversation.entries.length}`;
  changeConversation(controller, (conversation) =>
    append(conversation, { kind: 'note', id, at, text, tone }),
  );
}

function changeConversation(
  controller: Controller,
  change: (conversation: State['conversation']) => State['conversation'],
): void {
  controller.store.update((state) => ({ ...state, conversation: change(state.conversation) }));
}

function changeReactions(
  controller: Controller,
  messageId: string,
  change: (data: ReactionsJson['data']) => ReactionsJson['data'],
): void {
  changeConversation(controller, (conversation) =>
    changeMessage(conversation, messageId, (message) => {
      const data = change(message.reactions?.data ?? {});
      const total = Object.values(data).flat().length;
      const reactions = { data, meta: { total, total_unique: Object.keys(data).length } };
      return { ...message, reacted: total > 0, reactions };
    }),
  );
}

/** Handles a new message, including our own. It is shown once, even if it arrives in several ways. */
export function received(controller: Controller, message: MessageJson): void {
  const { me, threadId } = controller.state;
  const isOwn = message.owner.provider_id === me;
  stopsTyping(controller, message);
  if (message.thread_id === threadId) receivedHere(controller, message, isOwn);
  else refreshSoon(controller, refreshThreads, otherGroupsInterval);
}

function receivedHere(controller: Controller, message: MessageJson, isOwn: boolean): void {
  changeConversation(controller, (conversation) => append(conversation, entryOf(message), isOwn));
  const isSeen = controller.state.conversation.anchor === null && isOnScreen(controller.state);
  // Sending a message marks the thread as read. A system message about us does not.
  if (isSeen && (!isOwn || message.system_message)) refreshAll(controller, markRead);
  if (message.system_message) refreshAll(controller, refreshPeople);
  if (message.system_message) refreshAll(controller, refreshThreads);
  if (!isOnScreen(controller.state)) missedHere(controller, message);
  if (message.type >= firstBotType) refreshAll(controller, refreshBots);
  if (message.from_bot) refreshAll(controller, refreshVerdicts);
}

/** The other person in the window has the screen. */
function missedHere(controller: Controller, { id }: MessageJson): void {
  changeConversation(controller, (conversation) => markMissed(conversation, id));
  refreshAll(controller, refreshThreads);
}

function stopsTyping(controller: Controller, { thread_id: threadId, owner }: MessageJson): void {
  const typist = { threadId, id: owner.provider_id, name: owner.name };
  controller.store.update((state) => withTypist(state, typist, false));
}

function setTyping(
  controller: Controller,
  who: EventData['client-typing'],
  threadId: string,
  isTyping: boolean,
): void {
  if (who.provider_id === controller.state.me) return;
  const typist = { threadId, id: who.provider_id, name: who.name };
  controller.store.update((state) => withTypist(state, typist, isTyping));
  if (!isTyping) return;
  controller.later(typingTime, () =>
    controller.store.update((state) =>
      state.typists.includes(typist) ? withTypist(state, typist, false) : state,
    ),
  );
}
