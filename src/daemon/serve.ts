import { type App, openApp } from '../app.ts';
import { DisposableStack } from '../base/disposable-stack.ts';
import { MessengerError, messageOf } from '../base/errors.ts';
import { LogFile } from '../base/log-file.ts';
import { type Logger, type LogTarget, openLogger } from '../base/logger.ts';
import { secretValues } from '../base/redact.ts';
import { isEnding } from '../base/waiting.ts';
import { loadConfig } from '../config/load.ts';
import { handlerFiles, type Workspace } from '../config/workspace.ts';
import { openHttpServer } from '../http/server.ts';
import { reloadHandlers } from '../services/handlers/reload-handlers.ts';
import { ControlSocket } from './control-server.ts';
import { type DaemonInfo, removeDaemonInfo, writeDaemonInfo } from './info.ts';
import { addListeners } from './listeners.ts';
import { lockFolder } from './lock.ts';
import { logEvents } from './log-events.ts';
import { logLoading, ToldProblems } from './log-loading.ts';
import { Metrics } from './metrics.ts';
import { daemonPaths } from './paths.ts';
import { receiveEvents } from './relay.ts';
import { watchWorkspace } from './reload.ts';
import { startSchedule } from './schedule.ts';
import { statusOf } from './status.ts';
import { catchUnhandledErrors } from './unhandled-errors.ts';
import { watchDatabase } from './watch-database.ts';

/** How a daemon is started. */
export interface ServeOptions {
  workspace: Workspace;
  /** Stand over `http.host` and `http.port` of the configuration; port 0 for any that is free. */
  host?: string | undefined;
  port?: number | undefined;
  /** Where it listens if that is free and nobody chose a port. */
  preferredPort?: number | undefined;
  /** Bots are on, everything ready-made is registered and nobody is too fast, whatever the configuration says. */
  forTrying?: boolean;
  /** Where the log goes beside its file. */
  log?: LogTarget;
  /** Called when somebody asks the daemon to end, or with the reason when it must. */
  onStop: (reason?: MessengerError) => void;
}

/** A daemon that runs in this process. */
export interface Daemon {
  app: App;
  info: DaemonInfo;
  /** The port that it was to listen on and that another program has; null where it listens as it was to. */
  takenPort: number | null;
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
  const disposables = new DisposableStack();
  try {
    const { app, info, takenPort, logger } = await start(options, disposables);
    logger.info({ pid: info.pid, url: info.url, bots: app.settings.botsEnabled }, 'started');
    if (takenPort !== null)
      logger.warn({ takenPort, url: info.url }, 'the port is taken: listening on another one');
    return { app, info, takenPort, close: () => disposables.dispose() };
  } catch (error) {
    await disposables.dispose();
    throw error;
  }
}

async function start(options: ServeOptions, disposables: DisposableStack) {
  const { workspace } = options;
  const lock = disposables.use(lockFolder(workspace.data, options.forTrying ? 'simulate' : 'serve'));
  const { logger, file } = await startLog(options, disposables);
  const onError = errorReports(logger);
  disposables.use(catchUnhandledErrors(onError));
  const app = await startApp(options, logger, disposables);
  const told = new ToldProblems(logger);
  const metrics = listen(app, logger, told);
  disposables.use(await startSchedule(app, scheduleReports(logger)));
  const { info, takenPort, control } = await openDoors(options, app, logger, metrics, disposables);
  disposables.use(
    await watchWorkspace({ workspace, app, onError: (error) => onError(error, 'watching files') }),
  );
  const concerned = () => (options.forTrying ? app.catalogue.own() : app.catalogue.registered());
  logLoading(app, logger, told, concerned).catch((error) => {
    if (!isEnding(error)) onError(error, 'loading handlers');
  });
  if (app.config.queue.inline) app.answer();
  writeDaemonInfo(workspace, info);
  disposables.defer(() => removeDaemonInfo(workspace));
  const watched = {
    store: app.store,
    lock,
    onTrouble: (trouble: MessengerError) => onError(trouble, 'database'),
  };
  const onLockRenewed = () => {
    // The log and the socket have gone with the lock.
    file.close();
    control
      .open()
      .then(() => writeDaemonInfo(workspace, info))
      .catch((error) => onError(error, 'control socket'));
  };
  disposables.use(watchDatabase({ ...watched, onLockRenewed, onLost: options.onStop }));
  disposables.defer(() => {
    logger.info('stopping');
    // Nobody waits for what is still being loaded: neither a request nor a file that was saved.
    app.catalogue.close();
    // The time that running handlers have begins now, beside that of requests: it is not added to it.
    void app.queue.close();
  });
  return { app, info, takenPort, logger };
}

/** The log is opened first and closed last: it tells of everything between. */
async function startLog(
  { workspace, log }: ServeOptions,
  disposables: DisposableStack,
): Promise<{ logger: Logger; file: LogFile }> {
  const file = disposables.use(new LogFile(daemonPaths(workspace.data).log));
  const { logs, keys } = await loadConfig(workspace);
  const secrets = new Set([...Object.values(keys), ...secretValues(process.env)]);
  const logger = openLogger(log ? [file, log] : [file], logs.level, secrets);
  disposables.defer(() => logger.info('stopped'));
  return { logger, file };
}

async function startApp(options: ServeOptions, logger: Logger, disposables: DisposableStack): Promise<App> {
  const { workspace, forTrying = false } = options;
  const more = forTrying ? { botsEnabled: true, library: true } : {};
  const reports = { onOutput: outputReports(logger), onError: errorReports(logger) };
  const app = disposables.use(await openApp({ workspace, loadsBehind: true, ...more, ...reports }));
  if (forTrying) app.settings.http.rateLimits = { api: 0, message: 0, attachment: 0, assets: 0 };
  return app;
}

/** Lets the log, the metrics and the configuration's listeners hear of everything from here on. */
function listen(app: App, logger: Logger, told: ToldProblems): Metrics {
  const { events, clock, config } = app;
  const metrics = new Metrics(events, () => clock.steady());
  logEvents(app, logger, told);
  addListeners(events, config.listeners);
  return metrics;
}

/** Opens HTTP for clients and the control socket for the workspace's owner. */
async function openDoors(
  options: ServeOptions,
  app: App,
  logger: Logger,
  metrics: Metrics,
  disposables: DisposableStack,
): Promise<Pick<Daemon, 'info' | 'takenPort'> & { control: ControlSocket }> {
  const { workspace, onStop, host, port } = options;
  const address = addressOf(options, app.config);
  const http = await openHttpServer(app, {
    ...address,
    grace: app.config.queue.grace,
    onError: errorReports(logger),
  });
  const { url, realtime, takenPort } = disposables.use(http);
  const { socket } = daemonPaths(workspace.data);
  const asked = { ...(host !== undefined && { host }), ...(port !== undefined && { port }) };
  const info = { pid: process.pid, startedAt: app.clock.now(), socket, url, realtime, asked };
  const routes = {
    'GET /status': () => statusOf(app, info, metrics),
    'POST /stop': () => onStop(),
    'POST /reload': () => reloadHandlers(app, handlerFiles(workspace)),
    'POST /events': (lines: AsyncIterable<string>) => receiveEvents(app.events, lines),
  };
  const control = disposables.use(
    new ControlSocket(socket, routes, (error) => logger.error(messageOf(error))),
  );
  await control.open();
  return { info, takenPort, control };
}

/** The port of the first daemon of a machine, when nobody chose another one. */
const defaultPort = 4711;

/** A port that somebody chose is the only one that will do; 0 chooses none. */
function addressOf({ host, port, preferredPort }: ServeOptions, { http }: App['config']) {
  const chosen = port ?? http.port;
  return {
    host: host ?? http.host,
    port: chosen || (preferredPort ?? chosen ?? defaultPort),
    mayMove: !chosen,
  };
}

const outputReports = (logger: Logger) => (handler: string, line: string) =>
  logger.info({ handler, printed: true }, line);

const errorReports = (logger: Logger) => (error: unknown, where: string) =>
  logger.error({ where, ...stackOf(error) }, messageOf(error));

/** Where it came from; our own errors say it themselves. */
const stackOf = (error: unknown) =>
  error instanceof Error && !(error instanceof MessengerError) ? { stack: error.stack } : {};

const scheduleReports = (logger: Logger) => ({
  onStart: (command: string, isMadeUp: boolean) =>
    logger.info({ command }, isMadeUp ? 'scheduled command made up' : 'scheduled command started'),
  onError: (error: unknown, command: string) => logger.error({ command }, messageOf(error)),
});
