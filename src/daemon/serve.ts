import { type App, openApp } from '../app.ts';
import { Closers } from '../base/closers.ts';
import { MessengerError, sentenceOf } from '../base/errors.ts';
import { LogFile } from '../base/log-file.ts';
import { type Logger, type LogTarget, openLogger } from '../base/logger.ts';
import { loadConfig } from '../config/load.ts';
import { handlerFiles, type Workspace } from '../config/workspace.ts';
import { openHttpServer } from '../http/server.ts';
import { openControlServer } from './control-server.ts';
import { type DaemonInfo, removeDaemonInfo, writeDaemonInfo } from './info.ts';
import { catchLateFailures } from './late-failures.ts';
import { addListeners } from './listeners.ts';
import { lockFolder } from './lock.ts';
import { logEvents } from './log-events.ts';
import { Metrics } from './metrics.ts';
import { daemonPaths } from './paths.ts';
import { receiveEvents } from './relay.ts';
import { watchWorkspace } from './reload.ts';
import { startSchedule } from './schedule.ts';
import { statusOf } from './status.ts';
import { usualPort } from './usual-port.ts';

/** How a daemon is started. */
export interface ServeOptions {
  workspace: Workspace;
  /** Stand over `http.host` and `http.port` of the configuration; port 0 for any that is free. */
  host?: string | undefined;
  port?: number | undefined;
  /** Bots are on, everything ready-made is registered and nobody is too fast, whatever the configuration says. */
  forTrying?: boolean;
  /** Where the log goes beside its file. */
  log?: LogTarget;
  /** Called when somebody asks the daemon to end. */
  onStop: () => void;
}

/** A daemon that runs in this process. */
export interface Daemon {
  app: App;
  info: DaemonInfo;
  /** Takes nothing new, lets running handlers finish within the configured limit, and closes everything. */
  close(): Promise<void>;
}

/**
 * Starts the daemon of a workspace: answers messages, does the schedule, calls the listeners, and is controlled
 * through its socket.
 *
 * @throws WORKSPACE_BUSY, CONFIG_INVALID, DATABASE_UNUSABLE, DATABASE_NEWER, ADDRESS_UNUSABLE; nothing runs then
 */
export async function serve(options: ServeOptions): Promise<Daemon> {
  const closers = new Closers();
  try {
    const { app, info, logger } = await start(options, closers);
    logger.info({ pid: info.pid, url: info.url, bots: app.settings.botsEnabled }, 'started');
    return { app, info, close: () => closers.close() };
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function start(options: ServeOptions, closers: Closers) {
  const { workspace, log, onStop } = options;
  closers.add(lockFolder(workspace.data, 'serve'));
  const paths = daemonPaths(workspace.data);
  const logFile = closers.add(new LogFile(paths.log));
  const { logs, keys } = await loadConfig(workspace);
  const logger = openLogger(log ? [logFile, log] : [logFile], logs.level, Object.values(keys));
  closers.defer(() => logger.info('stopped'));
  const onError = errorReports(logger);
  closers.add(catchLateFailures(onError));
  const onOutput = outputReports(logger);
  const app = closers.add(await openApp({ workspace, ...trying(options), onOutput, onError }));
  if (options.forTrying) app.settings.http.rateLimits = { api: 0, message: 0, attachment: 0 };
  for (const message of warnings(app)) logger.warn(message);

  const metrics = new Metrics(app.events, () => app.clock.milliseconds());
  logEvents(app.events, logger);
  addListeners(app.events, app.config.listeners);
  closers.add(await startSchedule(app, scheduleReports(logger)));
  const address = await addressOf(options, app.config);
  const { url, realtime } = closers.add(await openHttpServer(app, { ...address, onError }));
  const info = { pid: process.pid, startedAt: app.clock.now(), socket: paths.socket, url, realtime };
  const routes = {
    'GET /status': () => statusOf(app, info, metrics),
    'POST /stop': onStop,
    'POST /reload': () => app.reloadHandlers(handlerFiles(workspace)),
    'POST /events': (lines: AsyncIterable<string>) => receiveEvents(app.events, lines),
  };
  closers.add(await openControlServer(info.socket, routes, (error) => logger.error(sentenceOf(error))));
  closers.add(await watchWorkspace({ workspace, app, onError: (error) => onError(error, 'watching files') }));
  if (app.config.queue.inline) app.answer();
  writeDaemonInfo(workspace, info);
  closers.defer(() => removeDaemonInfo(workspace));
  closers.defer(() => logger.info('stopping'));
  return { app, info, logger };
}

const trying = ({ forTrying = false }: ServeOptions) =>
  forTrying ? { botsEnabled: true, library: true } : {};

async function addressOf({ host, port }: ServeOptions, { http }: App['config']) {
  const chosen = host ?? http.host;
  return { host: chosen, port: port ?? http.port ?? (await usualPort(chosen)) };
}

/** Why files gave no handlers, and what registered ones lack. */
function warnings({ catalogue }: App): string[] {
  const registered = new Set(catalogue.registered().map(({ alias }) => alias));
  const lacking = catalogue.notices.filter(({ handler }) => registered.has(handler));
  return [...catalogue.problems, ...lacking].map(({ message }) => message);
}

const outputReports = (logger: Logger) => (handler: string, line: string) =>
  logger.info({ handler, printed: true }, line);

const errorReports = (logger: Logger) => (error: unknown, where: string) =>
  logger.error({ where, ...stackOf(error) }, sentenceOf(error));

/** Where it came from; our own errors say it themselves. */
const stackOf = (error: unknown) =>
  error instanceof Error && !(error instanceof MessengerError) ? { stack: error.stack } : {};

const scheduleReports = (logger: Logger) => ({
  onStart: (command: string, isMadeUp: boolean) =>
    logger.info({ command }, isMadeUp ? 'scheduled command made up' : 'scheduled command started'),
  onError: (error: unknown, command: string) => logger.error({ command }, sentenceOf(error)),
});
