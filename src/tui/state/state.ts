import type {
  FailedRunJson,
  ListedThreadJson,
  ParticipantJson,
  RealtimeStatus,
  ShownBotJson,
  VerdictsJson,
} from '../../client/index.ts';
import type { DaemonState } from '../../simulate/host.ts';
import type { Beside } from './beside.ts';
import { type BotsPane, emptyBotsPane } from './bots-pane.ts';
import type { ClockReading } from './clock.ts';
import { type Conversation, emptyConversation } from './conversation.ts';
import type { Editor } from './editor.ts';
import type { Finder } from './finder.ts';
import type { Form } from './form.ts';
import { type LogLine, type LogView, newLogView } from './log.ts';
import { type Members, noMembers } from './members.ts';
import type { Overlay } from './overlay.ts';
import type { Search } from './recall.ts';
import { noReplay, type ReplayState } from './replay.ts';
import type { SideView } from './side.ts';
import type { Sign } from './signs.ts';
import type { ThreadPages } from './thread-list.ts';
import { blank, type Unsent } from './unsent.ts';

/** A person who is logged in at this terminal. */
export interface Person {
  id: string;
  name: string;
}

export type Pane = 'input' | 'threads' | 'conversation' | 'inspector';

/** A short message about an event. It disappears by itself, and with the group that is open. */
export interface Toast {
  id: number;
  text: string;
  tone: 'good' | 'bad' | 'plain';
  /** What it is about. A newer one about the same replaces it. */
  subject?: string | undefined;
}

/** A person typing in a thread. */
export interface Typist {
  threadId: string;
  id: string;
  name: string;
}

/** A text that may or may not have been stored. */
export interface Unanswered {
  threadId: string;
  text: string;
  replyTo: string | undefined;
  key: string;
}

/** The possible completions behind `head`, and which one is shown. */
export interface Completion {
  readonly head: string;
  readonly choices: readonly string[];
  readonly index: number;
  /** The text that is completed. */
  readonly before: Editor;
}

/** Everything the screen shows. Immutable: functions return a new state. */
export interface State extends Unsent {
  readonly size: { columns: number; rows: number };
  /** The other person in this window; null while there is one. */
  readonly beside: Beside | null;
  readonly people: readonly Person[];
  /** The id of the current speaker. */
  readonly me: string | null;
  readonly threads: readonly ListedThreadJson[];
  readonly threadId: string | null;
  /** What else the list of threads has. */
  readonly threadPages: ThreadPages;
  /** The thread to which the cursor of the list was moved. null puts it on the open one. */
  readonly threadCursor: string | null;
  readonly conversation: Conversation;
  readonly participants: readonly ParticipantJson[];
  readonly members: Members;
  readonly bots: readonly ShownBotJson[];
  readonly typists: readonly Typist[];
  readonly pane: Pane;
  /** What is in the prompts of other groups and speakers. */
  readonly unsent: Readonly<Record<string, Unsent>>;
  /** What was left in the prompt when the line that runs was sent; null while none runs. */
  readonly running: Editor['characters'] | null;
  /** The text whose answer was lost. Sending it again sends the same message. */
  readonly unanswered: Unanswered | null;
  /** The texts sent by each person, oldest first, by the person's id. */
  readonly histories: Readonly<Record<string, readonly string[]>>;
  /** The search in the history, while there is one. */
  readonly search: Search | null;
  /** The search in the open conversation. It receives the keys until it is closed. */
  readonly finder: Finder | null;
  /** The text that was cut last. */
  readonly killed: string;
  readonly completion: Completion | null;
  readonly overlay: Overlay | null;
  /** Forms that were closed with something filled in, by {@link formKey}. */
  readonly forms: Readonly<Record<string, Form>>;
  readonly toasts: readonly Toast[];
  readonly logs: readonly LogLine[];
  readonly replay: ReplayState;
  readonly logView: LogView;
  /** What the side pane shows while no message is selected. */
  readonly side: SideView;
  readonly botsPane: BotsPane;
  /** Whether a knock rings the bell of the terminal. */
  readonly bell: boolean;
  readonly link: RealtimeStatus;
  readonly status: DaemonState | null;
  readonly clock: ClockReading | null;
  /** The aliases of handlers and packages that can be attached or installed in the open thread. */
  readonly attachable: readonly string[];
  readonly installable: readonly string[];
  /** How the bots answered the selected message. */
  readonly verdicts: VerdictsJson | null;
  readonly failed: readonly FailedRunJson[];
  /** What is wrong with the handlers of the open thread. */
  readonly signs: readonly Sign[];
  readonly reloads: number;
  /** The scroll position of the inspector. */
  readonly inspectorTop: number;
  /** Whether the inspector shows the JSON of the API. */
  readonly showsRaw: boolean;
}

export const initialState: State = {
  size: { columns: 80, rows: 24 },
  beside: null,
  people: [],
  me: null,
  threads: [],
  threadId: null,
  threadPages: { next: null, total: 0 },
  threadCursor: null,
  conversation: emptyConversation,
  participants: [],
  members: noMembers,
  bots: [],
  attachable: [],
  installable: [],
  typists: [],
  pane: 'input',
  ...blank,
  unsent: {},
  running: null,
  unanswered: null,
  histories: {},
  search: null,
  finder: null,
  killed: '',
  completion: null,
  overlay: null,
  forms: {},
  toasts: [],
  logs: [],
  replay: noReplay,
  logView: newLogView,
  side: 'bots',
  botsPane: emptyBotsPane,
  bell: true,
  link: 'connecting',
  status: null,
  clock: null,
  verdicts: null,
  failed: [],
  signs: [],
  reloads: 0,
  inspectorTop: 0,
  showsRaw: false,
};

export const myself = (state: State): Person | undefined => state.people.find(({ id }) => id === state.me);

/** Whether a pane has the keys. None has them while an overlay is open. */
export const hasFocus = ({ overlay, pane }: Pick<State, 'overlay' | 'pane'>, which: Pane): boolean =>
  overlay === null && pane === which;

export const openThread = (state: State): ListedThreadJson | undefined =>
  state.threads.find(({ id }) => id === state.threadId);

/** Number of toasts shown at once. */
const shownToasts = 3;

export const withToast = (state: State, toast: Toast): State => ({
  ...state,
  toasts: [
    ...(toast.subject === undefined ? state : withoutToastsAbout(state, toast.subject)).toasts,
    toast,
  ].slice(-shownToasts),
});

export const withoutToast = (state: State, id: number): State => ({
  ...state,
  toasts: state.toasts.filter((toast) => toast.id !== id),
});

/** Without what is out of date about a subject. */
export const withoutToastsAbout = (state: State, about: string): State => ({
  ...state,
  toasts: state.toasts.filter(({ subject }) => subject !== about),
});

/** Without the errors of what was sent before. */
export const withoutErrors = (state: State): State =>
  state.toasts.some(({ tone }) => tone === 'bad')
    ? { ...state, toasts: state.toasts.filter(({ tone }) => tone !== 'bad') }
    : state;

/** Adds or removes a person who is typing. */
export function withTypist(state: State, typist: Typist, types: boolean): State {
  const others = state.typists.filter(({ id, threadId }) => id !== typist.id || threadId !== typist.threadId);
  if (!types && others.length === state.typists.length) return state;
  return { ...state, typists: types ? [...others, typist] : others };
}

/** Adds a text to the current speaker's history. Repetitions in a row are stored once. */
export function withInput(state: State, text: string): State {
  if (state.me === null) return state;
  const inputs = state.histories[state.me] ?? [];
  const next = inputs.at(-1) === text ? inputs : [...inputs, text].slice(-200);
  return { ...state, histories: { ...state.histories, [state.me]: next } };
}
