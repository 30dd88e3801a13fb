import type {
  BotJson,
  FailedRunJson,
  ParticipantJson,
  RealtimeStatus,
  ThreadJson,
  VerdictsJson,
} from '../../client/index.ts';
import { type Conversation, emptyConversation } from './conversation.ts';
import { type Editor, emptyEditor } from './editor.ts';
import type { Overlay } from './overlay.ts';

/** Somebody who speaks at this terminal. */
export interface Person {
  id: string;
  name: string;
}

export type Pane = 'input' | 'threads' | 'conversation' | 'inspector';

/** A short word about something that happened; it goes by itself. */
export interface Toast {
  id: number;
  text: string;
  tone: 'good' | 'bad' | 'plain';
}

/** Somebody who types in a thread. */
export interface Typist {
  threadId: string;
  id: string;
  name: string;
}

/** How the daemon is doing. */
export interface DaemonState {
  botsEnabled: boolean;
  queue: { waiting: number; running: number; failed: number };
}

export interface LogLine {
  source: string;
  text: string;
}

/** What the text in the prompt will become, if not a new message. */
type Draft = { kind: 'reply' | 'edit'; messageId: string; about: string } | null;

/** A text of which nobody knows whether it was stored. */
export interface Unanswered {
  threadId: string;
  text: string;
  replyTo: string | undefined;
  key: string;
}

/** Everything the screen shows. Changed only by functions that give a new one. */
export interface State {
  readonly size: { columns: number; rows: number };
  readonly people: readonly Person[];
  /** Who speaks: the id of one of the people. */
  readonly me: string | null;
  readonly threads: readonly ThreadJson[];
  readonly threadId: string | null;
  /** The thread the cursor of the list is on. */
  readonly threadCursor: number;
  readonly conversation: Conversation;
  readonly participants: readonly ParticipantJson[];
  readonly bots: readonly BotJson[];
  readonly typists: readonly Typist[];
  readonly pane: Pane;
  readonly editor: Editor;
  readonly draft: Draft;
  /** The text whose answer was lost: sent again, it is the same message. */
  readonly unanswered: Unanswered | null;
  /** What each person has said, oldest first, by their ids. */
  readonly histories: Readonly<Record<string, readonly string[]>>;
  /** How far back in the history the prompt is; 0 is what is being written. */
  readonly recalled: number;
  /** What completion can put in here, and which of it stands there now. */
  readonly completion: { choices: readonly string[]; index: number } | null;
  readonly overlay: Overlay | null;
  readonly toasts: readonly Toast[];
  readonly logs: readonly LogLine[];
  readonly showLogs: boolean;
  readonly link: RealtimeStatus;
  readonly status: DaemonState | null;
  /** The aliases of what can be attached to the bots of the open thread, and installed there. */
  readonly attachable: readonly string[];
  readonly installable: readonly string[];
  /** How the bots answered the message that is looked at. */
  readonly verdicts: VerdictsJson | null;
  readonly failed: readonly FailedRunJson[];
  readonly reloads: number;
  /** How far the inspector is scrolled. */
  readonly inspectorTop: number;
}

export const initialState: State = {
  size: { columns: 80, rows: 24 },
  people: [],
  me: null,
  threads: [],
  threadId: null,
  threadCursor: 0,
  conversation: emptyConversation,
  participants: [],
  bots: [],
  attachable: [],
  installable: [],
  typists: [],
  pane: 'input',
  editor: emptyEditor,
  draft: null,
  unanswered: null,
  histories: {},
  recalled: 0,
  completion: null,
  overlay: null,
  toasts: [],
  logs: [],
  showLogs: false,
  link: 'connecting',
  status: null,
  verdicts: null,
  failed: [],
  reloads: 0,
  inspectorTop: 0,
};

export const myself = (state: State): Person | undefined => state.people.find(({ id }) => id === state.me);

export const openThread = (state: State): ThreadJson | undefined =>
  state.threads.find(({ id }) => id === state.threadId);

/** How many lines of the log are kept. */
const keptLogs = 500;

export const withLog = (state: State, entry: LogLine): State => ({
  ...state,
  logs: [...state.logs, entry].slice(-keptLogs),
});

/** How many toasts are shown at once. */
const shownToasts = 3;

export const withToast = (state: State, toast: Toast): State => ({
  ...state,
  toasts: [...state.toasts, toast].slice(-shownToasts),
});

export const withoutToast = (state: State, id: number): State => ({
  ...state,
  toasts: state.toasts.filter((toast) => toast.id !== id),
});

/** Somebody types, or does so no more. */
export function withTypist(state: State, typist: Typist, types: boolean): State {
  const others = state.typists.filter(({ id, threadId }) => id !== typist.id || threadId !== typist.threadId);
  return { ...state, typists: types ? [...others, typist] : others };
}

/** Remembers what was said by the one who speaks; the same twice in a row counts once. */
export function withSaid(state: State, text: string): State {
  if (state.me === null) return state;
  const said = state.histories[state.me] ?? [];
  const next = said.at(-1) === text ? said : [...said, text].slice(-200);
  return { ...state, histories: { ...state.histories, [state.me]: next }, recalled: 0 };
}
