import type { DaemonState, News } from '../../simulate/host.ts';
import type { Controller } from '../controller.ts';
import { clockReading } from '../state/clock.ts';
import { type LogLevel, withLog } from '../state/log.ts';
import { switchPlace } from '../state/unsent.ts';
import { addNote } from './events.ts';
import { measureFiles } from './file-sizes.ts';
import { listen } from './people.ts';
import { replayerOf } from './replaying.ts';
import { openThread, refreshBots, refreshThreads } from './threads.ts';

/** Connects to the daemon, logs in, and opens the first group. */
export async function start(controller: Controller, name: string): Promise<void> {
  controller.address = await controller.host.locate();
  const login = await controller.host.login(name);
  const { threadId, notices } = await controller.host.openPlayground(name);
  controller.logIn(login);
  controller.store.update((state) => switchPlace(state, { me: login.id, threadId }));
  listen(controller);
  controller.host.follow((news) => eachView(controller, (view) => showNews(view, news)));
  watchDaemon(controller);
  controller.store.subscribe(() => measureFiles(controller));
  await controller.attempt(async () => {
    await refreshThreads(controller);
    await openThread(controller, threadId);
  });
  if (controller.state.threadId === threadId)
    for (const notice of notices) addNote(controller, notice, 'system');
}

/** Updates the status line, and what depends on the handlers that the daemon knows. */
function watchDaemon(controller: Controller): void {
  controller.host.watchStatus((status) => {
    eachView(controller, (view) => showStatus(view, status));
  });
}

function showStatus(view: Controller, status: DaemonState | null): void {
  const known = view.state.status?.handlersRevision;
  view.store.set({ status, ...(status && { clock: clockReading(status.clock) }) });
  if (status && known !== undefined && known !== status.handlersRevision)
    void view.attempt(() => refreshBots(view));
}

/** How each kind of news changes the screen. */
const newsHandlers: {
  [Kind in News['kind']]: (controller: Controller, news: Extract<News, { kind: Kind }>) => void;
} = {
  printed: (controller, { source, text }) => log(controller, 'printed', source, text),
  log: (controller, { source, text }) => log(controller, 'info', source, text),
  failed: (controller, news) =>
    noteRun(controller, news, () => void controller.attempt(() => endFailed(controller))),
  warned: (controller, news) => noteRun(controller, news),
  reloaded: (controller, { text }) => {
    controller.store.update((state) => ({ ...state, reloads: state.reloads + 1 }));
    log(controller, 'info', 'messenger', text);
    controller.toast(text, 'good', 'reload');
    void controller.attempt(() => refreshBots(controller));
    replayerOf(controller).reloaded();
  },
  clock: (controller, { state, text }) => {
    controller.store.set({ clock: clockReading(state) });
    log(controller, 'info', 'daemon', text);
  },
  broken: (controller, { text }) => {
    controller.toast(text, 'bad', 'reload');
    addNote(controller, text, 'bad');
  },
};

type RunNews = Extract<News, { kind: 'failed' | 'warned' }>;

/** Shows a problem of a run in the open thread. Those of other groups appear in their own inspectors. */
function noteRun(
  controller: Controller,
  { kind, source, text, stack, messageId }: RunNews,
  onNoted = () => {},
): void {
  log(controller, kind === 'failed' ? 'error' : 'warn', source, stack ? `${text}\n${stack}` : text);
  const where = stack?.split('\n')[0]?.trim();
  whenShown(controller, messageId, () => {
    addNote(controller, `${source}: ${text}${where ? ` (${where.replace(/^at /, '')})` : ''}`, 'bad');
    onNoted();
  });
}

/** The log of the daemon may be ahead of a message that is being sent: how many times to check for it, and how often. */
const maxChecks = 20;
const checkInterval = 250;

/** Calls a function once a message is shown here. One of another group never is. */
function whenShown(
  controller: Controller,
  messageId: string | undefined,
  then: () => void,
  checksLeft = maxChecks,
): void {
  const { entries } = controller.state.conversation;
  if (messageId === undefined || entries.some(({ id }) => id === messageId)) then();
  else if (checksLeft > 0)
    controller.later(checkInterval, () => whenShown(controller, messageId, then, checksLeft - 1));
}

/** A bot that failed will not answer, so it no longer counts as typing. */
async function endFailed(controller: Controller): Promise<void> {
  await refreshBots(controller);
  const [newest] = controller.state.failed;
  if (newest === undefined) return;
  controller.store.update((state) => ({
    ...state,
    typists: state.typists.filter(({ id }) => id !== newest.bot.id),
  }));
}

const log = (controller: Controller, level: LogLevel, source: string, text: string): void =>
  controller.store.update((state) => withLog(state, { at: new Date().toISOString(), level, source, text }));

/** Shows one piece of news. */
function showNews<Kind extends News['kind']>(
  controller: Controller,
  news: Extract<News, { kind: Kind }>,
): void {
  newsHandlers[news.kind](controller, news);
}

/** The daemon is that of the whole window. */
function eachView({ window }: Controller, work: (view: Controller) => void): void {
  for (const view of window.views.all) if (!view.closed) work(view);
}
