import { setImmediate as turn } from 'node:timers/promises';
import { render } from 'ink-testing-library';
import { onTestFinished } from 'vitest';
import type {
  ListedThreadJson,
  MessageJson,
  PageJson,
  ShownBotJson,
  StretchJson,
} from '../../src/client/index.ts';
import { App } from '../../src/tui/app.tsx';
import { Controller } from '../../src/tui/controller.ts';
import { ControllerContext, ThemeContext } from '../../src/tui/hooks/controller.ts';
import { entryOf } from '../../src/tui/state/conversation.ts';
import type { LogLine } from '../../src/tui/state/log.ts';
import { initialState, type State } from '../../src/tui/state/state.ts';
import { themeOf } from '../../src/tui/theme.ts';
import { noHost } from './test-controller.ts';

const avatar = { sm: '', md: '', lg: '' };
const provider = (provider_alias: 'user' | 'bot', name: string, provider_id: string) => ({
  name,
  provider_id,
  provider_alias,
  route: null,
  base: null,
  avatar,
});
const ada = provider('user', 'Ada', 'ada');
export const grace = provider('user', 'Grace', 'grace');
export const helloBot = provider('bot', 'HelloBot', 'hello');

/** A message as the API answers it, a minute after the one of the number before. */
export function message(number: number, body: string, fields: Partial<MessageJson> = {}): MessageJson {
  const { owner = ada } = fields;
  const at = new Date(Date.UTC(2026, 3, 26, 10, number)).toISOString();
  return {
    id: `m${number}`,
    thread_id: 'ops',
    owner_id: owner.provider_id,
    owner_type: `${owner.provider_alias}s`,
    owner,
    type: 0,
    type_verbose: 'MESSAGE',
    system_message: false,
    from_bot: owner.provider_alias === 'bot',
    body,
    edited: false,
    reacted: false,
    embeds: false,
    extra: null,
    created_at: at,
    updated_at: at,
    meta: { thread_id: 'ops', thread_type: 2, thread_type_verbose: 'GROUP' },
    ...fields,
  };
}

/** A line of the log, a second after the one of the number before. */
export const logged = (id: number, text: string, fields: Partial<LogLine> = {}): LogLine => ({
  id,
  at: new Date(2026, 3, 26, 10, 0, id).toISOString(),
  level: 'printed',
  source: 'hello',
  text,
  ...fields,
});

/** So many messages, `line 1` to `line N`. */
export const messages = (count: number, from = 1): MessageJson[] =>
  Array.from({ length: count }, (_, place) => message(from + place, `line ${from + place}`));

/** A page of the API: newest first. */
export const pageOf = (list: readonly MessageJson[], next: string | null = null): PageJson<MessageJson> => ({
  data: list.toReversed(),
  meta: {
    index: true,
    page_id: null,
    next_page_id: next,
    next_page_route: null,
    final_page: next === null,
    per_page: 50,
    results: list.length,
    total: list.length,
  },
});

/** Messages from the middle of a thread: newest first. */
export const stretchOf = (
  list: readonly MessageJson[],
  { found = null, older = null, newer = null }: Partial<Record<'found' | 'older' | 'newer', string | null>>,
): StretchJson<MessageJson> => ({
  data: list.toReversed(),
  meta: {
    found_id: found,
    next_page_id: older,
    newer_page_id: newer,
    per_page: 50,
    results: list.length,
    total: list.length,
  },
});

export const thread = (name: string, fields: Partial<ListedThreadJson> = {}): ListedThreadJson => ({
  id: name,
  type: 2,
  type_verbose: 'GROUP',
  name,
  avatar,
  group: true,
  has_call: false,
  locked: false,
  pending: false,
  unread: false,
  unread_count: 0,
  created_at: '2026-04-26T10:00:00.000000Z',
  updated_at: '2026-04-26T10:00:00.000000Z',
  options: {
    admin: true,
    manage_bots: true,
    chat_bots: true,
    muted: false,
    add_participants: true,
    invitations: true,
    call: false,
    message: true,
    knock: true,
  },
  resources: { latest_message: null },
  ...fields,
});

export const bot = (fields: Partial<ShownBotJson> = {}): ShownBotJson => ({
  id: 'hello',
  thread_id: 'ops',
  owner_id: 'ada',
  owner_type: 'users',
  owner: ada,
  created_at: '2026-04-26T10:00:00.000000Z',
  updated_at: '2026-04-26T10:00:00.000000Z',
  name: 'HelloBot',
  enabled: true,
  hide_actions: false,
  cooldown: 0,
  on_cooldown: false,
  avatar,
  actions: [],
  ...fields,
});

/** Ada in the group #ops, online. */
export const atOps = (list: readonly MessageJson[], fields: Partial<State> = {}): State => ({
  ...initialState,
  people: [{ id: 'ada', name: 'Ada' }],
  me: 'ada',
  threads: [thread('ops')],
  threadId: 'ops',
  link: 'online',
  status: {
    botsEnabled: true,
    clock: null,
    queue: { waiting: 0, running: 0, failed: 0 },
    handlersRevision: 1,
    runs: [],
  },
  ...fields,
  conversation: { ...initialState.conversation, entries: list.map(entryOf), ...fields.conversation },
});

/** The full screen over a state, in a terminal of a size. */
export function show(state: State, columns = 100, rows = 30, env: NodeJS.ProcessEnv = {}) {
  const written: string[] = [];
  const exits: number[] = [];
  const controller = new Controller(
    {
      host: noHost,
      write: (text) => written.push(text),
      redraw: () => {},
      suspend: () => {},
      exit: (code) => exits.push(code),
    },
    { ...state, size: { columns, rows } },
  );
  const view = render(
    <ControllerContext.Provider value={controller}>
      <ThemeContext.Provider value={themeOf(env)}>
        <App />
      </ThemeContext.Provider>
    </ControllerContext.Provider>,
  );
  const resize = (width: number, height: number) => {
    Object.defineProperties(view.stdout, {
      columns: { value: width, configurable: true },
      rows: { value: height, configurable: true },
    });
    view.stdout.emit('resize');
  };
  resize(columns, rows);
  onTestFinished(() => {
    controller.close();
    view.unmount();
  });
  const frame = () => view.lastFrame() ?? '';
  /** The frame once a text stands in it, or once it fits. */
  const until = async (expected: string | ((frame: string) => boolean)): Promise<string> => {
    const fits = typeof expected === 'string' ? (text: string) => text.includes(expected) : expected;
    while (!fits(frame())) await turn();
    return frame();
  };
  const press = async (...keys: string[]): Promise<string> => {
    for (const key of keys) view.stdin.write(key);
    // A key does what it does in a turn of its own.
    await turn();
    while (controller.store.shown !== controller.state) await turn();
    return frame();
  };
  return { controller, frame, until, press, resize, written, exits };
}
