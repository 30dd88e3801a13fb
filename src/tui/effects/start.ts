import type { Desk } from '../desk.ts';
import type { News } from '../host.ts';
import { withLog } from '../state/state.ts';
import { addNote } from './events.ts';
import { listen } from './people.ts';
import { openThread, refreshBots, refreshThreads } from './threads.ts';

/** How often the daemon is asked how it is doing, in milliseconds. */
const askEvery = 2_000;

/** Comes to the daemon, sits down as somebody, and opens the group that is home. */
export async function start(desk: Desk, name: string): Promise<void> {
  desk.address = await desk.host.locate();
  const login = await desk.host.login(name);
  const { threadId, words } = await desk.host.home(name);
  desk.seat(login);
  desk.store.set({ me: login.id, threadId });
  listen(desk);
  desk.host.follow((news) => tell(desk, news));
  watchDaemon(desk);
  await desk.attempt(async () => {
    await refreshThreads(desk);
    await openThread(desk, threadId);
  });
  if (desk.state.threadId === threadId) for (const word of words) addNote(desk, word, 'system');
}

/** Keeps the status line true for as long as the desk is there. */
function watchDaemon(desk: Desk): void {
  const ask = async () => {
    const status = await desk.host.status().catch(() => null);
    if (desk.closed) return;
    desk.store.set({ status });
    desk.later(askEvery, () => void ask());
  };
  void ask();
}

/** What each piece of news does to the screen. */
const tellings: { [Kind in News['kind']]: (desk: Desk, news: Extract<News, { kind: Kind }>) => void } = {
  printed: (desk, { source, text }) => log(desk, source, text),
  log: (desk, { source, text }) => log(desk, source, text),
  failed: (desk, news) => {
    if (tellOfRun(desk, news)) void desk.attempt(() => endFailed(desk));
  },
  warned: (desk, news) => void tellOfRun(desk, news),
  reloaded: (desk, { text }) => {
    desk.store.update((state) => ({ ...state, reloads: state.reloads + 1 }));
    log(desk, 'messenger', text);
    desk.toast(text, 'good');
    void desk.attempt(() => refreshBots(desk));
  },
  broken: (desk, { text }) => {
    log(desk, 'messenger', text);
    desk.toast(text, 'bad');
    addNote(desk, text, 'bad');
  },
};

type RunNews = Extract<News, { kind: 'failed' | 'warned' }>;

/** Tells of a run of the thread that is looked at. What there is of another group is told there, by its inspector. */
function tellOfRun(desk: Desk, { source, text, stack, messageId }: RunNews): boolean {
  log(desk, source, stack ? `${text}\n${stack}` : text);
  if (messageId !== undefined && !desk.state.conversation.entries.some(({ id }) => id === messageId))
    return false;
  const where = stack?.split('\n')[0]?.trim();
  addNote(desk, `${source}: ${text}${where ? ` (${where.replace(/^at /, '')})` : ''}`, 'bad');
  return true;
}

/** A bot that failed answers no more, whatever it began to type. */
async function endFailed(desk: Desk): Promise<void> {
  await refreshBots(desk);
  const [newest] = desk.state.failed;
  if (newest === undefined) return;
  desk.store.update((state) => ({
    ...state,
    typists: state.typists.filter(({ id }) => id !== newest.bot.id),
  }));
}

const log = (desk: Desk, source: string, text: string): void =>
  desk.store.update((state) => withLog(state, { source, text }));

/** Shows a piece of news. */
function tell<Kind extends News['kind']>(desk: Desk, news: Extract<News, { kind: Kind }>): void {
  if (!desk.closed) tellings[news.kind](desk, news);
}
