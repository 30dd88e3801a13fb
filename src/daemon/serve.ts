import { type App, type AppOptions, openApp } from '../app.ts';
import { MovableClock } from '../base/clock.ts';
import { DisposableStack } from '../base/disposable-stack.ts';
import { errorJson } from '../base/error-json.ts';
import { MessengerError, messageOf } from '../base/errors.ts';
import { LogFile } from '../base/log-file.ts';
import { type Logger, type LogTarget, openLogger } from '../base/logger.ts';
import { secretValues } from '../base/redact.ts';
import { isEnding } from '../base/waiting.ts';
import { loadConfig } from '../config/load.ts';
import { handlerFiles, type Workspace } from '../config/workspace.ts';
import { openHttpServer } from '../http/server.ts';
import { reloadHandlers } from '../services/handlers/reload-handlers.ts';
import { ClockControl } from './clock-control.ts';
import { collectWhenIdle } from './collect-when-idle.ts';
import { ControlSocket } from './control-server.ts';
import { type DaemonEvent, DaemonEvents } from './daemon-events.ts';
import { handlerEntries } from './handler-entries.ts';
import { emitWhenIdle } from './idle.ts';
import { type DaemonInfo, removeDaemonInfo, writeDaemonInfo } from './info.ts';
import { addListeners } from './listeners.ts';
import { lockFolder } from './lock.ts';
import { logEvents } from './log-events.ts';
import { LoggedProblems, logLoading } from './log-loading.ts';
import { Metrics } from './metrics.ts';
import { daemonPaths } from './paths.ts';
import { receiveEvents } from './relay.ts';
import { watchWorkspace } from './reload.ts';
import { ReplayControl } from './replay-control.ts';
import { startSchedule } from './schedule.ts';
import { statusOf } from './status.ts';
import { StatusWatch } from './status-watch.ts';
import { catchUnhandledErrors } from './unhandled-errors.ts';
import { watchDatabase } from './watch-database.ts';

/** Options of a daemon. */
export interface ServeOptions {
  workspace: Workspace;
  /** Override `http.host` and `http.port` of the configuration; port 0 for any free port. */
  host?: string | undefined;
  port?: number | undefined;
  /** The port to use if it is free and none was chosen. */
  preferredPort?: number | undefined;
  /** Overrides the configuration: bots on, all ready-made handlers registered, no rate limits. Its clock can be moved. */
  forTrying?: boolean;
  /** Runs no jobs until the caller calls `answer()` of the app. */
  answersLater?: boolean;
  /** False for a daemon that ends soon; modules are loaded at first use. */
  preloads?: boolean;
  /** Processes for handlers that were started before. Closed with the daemon. */
  hosts?: AppOptions['hosts'];
  /** Called with everything that happens, from the start. */
  onEvent?: ((event: DaemonEvent) => void) | undefined;
  /** Where to write the log in addition to its file. */
  log?: LogTarget;
  /** Called when the daemon is asked to stop, or with the error when it has to. */
  onStop: (reason?: MessengerError) => void;
}

/** A daemon running in this process. */
export interface Daemon {
  app: App;
  info: DaemonInfo;
  /** Its status as it changes. */
  status: StatusWatch;
  /** Changes its clock. Missing where that always shows the real time. */
  clock: ClockControl | undefined;
  /** The configured port, if another program is using it; null otherwise. */
  takenPort: number | null;
  /** Accepts nothing new, waits for running handlers within the configured limit, and closes everything. */
  close(): Promise<void>;
}

/**
 * Starts the daemon of a workspace: it answers messages, runs the schedule, calls listeners, and is
 * controlled through its socket. If it throws, nothing runs.
 *
 * @throws WORKSPACE_BUSY, CONFIG_INVALID, DATABASE_UNUSABLE, DATABASE_NEWER, ADDRESS_UNUSABLE
 */
export async function serve(options: ServeOptions): Promise<Daemon> {
  const disposables = new DisposableStack();
  try {
    const { app, info, status, clock, takenPort, logger } = await start(options, disposables);
    logger.info({ pid: info.pid, url: info.url, bots: app.settings().botsEnabled }, 'started');
    if (takenPort !== null)
      logger.warn({ takenPort, url: info.url }, 'the port is taken: listening on another one');
    return { app, info, status, clock, takenPort, close: () => disposables.dispose() };
  } catch (error) {
    await disposables.dispose();
    throw error;
  }
}

async function start(options: ServeOptions, disposables: DisposableStack) {
  const { workspace } = options;
  const lock = disposables.use(lockFolder(workspace.data, options.forTrying ? 'simulate' : 'serve'));
  const { logger, file } = await startLog(options, disposables);
  const daemonEvents = new DaemonEvents();
  if (options.onEvent) daemonEvents.on(options.onEvent);
  const reports = reportsTo(logger, daemonEvents);
  const { onError } = reports;
  disposables.use(catchUnhandledErrors(onError));
  const movable = options.forTrying ? new MovableClock() : undefined;
  const app = await startApp(options, { ...reports, ...(movable && { clock: movable }) }, disposables);
  app.events.onAny((named) => daemonEvents.emit(named));
  const problemLog = new LoggedProblems(logger);
  const metrics = listen(app, logger, problemLog);
  disposables.use(await startSchedule(app, scheduleReports(logger)));
  const clock = movable && controlOf(movable, app, { logger, daemonEvents });
  const status = disposables.use(
    new StatusWatch(
      app,
      () => clock?.state ?? null,
      (error) => onError(error, 'status'),
    ),
  );
  const { info, takenPort, control } = await openServers(
    options,
    { app, logger, metrics, daemonEvents, status, clock, onError },
    disposables,
  );
  disposables.use(
    await watchWorkspace({ workspace, app, onError: (error) => onError(error, 'watching files') }),
  );
  const relevantHandlers = () => (options.forTrying ? app.catalogue.own() : app.catalogue.registered());
  logLoading(app, logger, problemLog, relevantHandlers).catch((error) => {
    if (!isEnding(error)) onError(error, 'loading handlers');
  });
  disposables.use(collectWhenIdle());
  if (app.config.queue.inline && !options.answersLater) app.answer();
  writeDaemonInfo(workspace, info);
  const removeInfo = () => removeDaemonInfo(workspace);
  // A closed standard output ends the process at once.
  process.on('exit', removeInfo);
  disposables.defer(() => {
    process.off('exit', removeInfo);
    removeInfo();
  });
  const watched = {
    store: app.store,
    lock,
    onTrouble: (trouble: MessengerError) => onError(trouble, 'database'),
  };
  const onLockRenewed = () => {
    // The files of the log and the socket were removed together with that of the lock.
    file.close();
    control
      .open()
      .then(() => writeDaemonInfo(workspace, info))
      .catch((error) => onError(error, 'control socket'));
  };
  disposables.use(watchDatabase({ ...watched, onLockRenewed, onLost: options.onStop }));
  disposables.defer(() => {
    logger.info('stopping');
    // Stop waiting for files that are still loading, whether for a request or a reload.
    app.catalogue.close();
    // Start the grace period of running handlers now, in parallel with that of requests.
    void app.queue.close();
  });
  return { app, info, status, clock, takenPort, logger };
}

/** The log is opened first and closed last, so that it covers everything in between. */
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

async function startApp(
  options: ServeOptions,
  parts: Reports & Pick<AppOptions, 'clock'>,
  disposables: DisposableStack,
): Promise<App> {
  const { workspace, hosts, forTrying = false } = options;
  const more = forTrying
    ? { botsEnabled: true, library: true, unlimited: true }
    : { requiresIsolation: true };
  return disposables.use(await openApp({ workspace, hosts, loadsBehind: true, ...more, ...parts }));
}

/** Changes the clock of a simulation's daemon, and shows each change in the log and to those who watch it. */
const controlOf = (
  clock: MovableClock,
  { queue }: App,
  { logger, daemonEvents }: Pick<ServerParts, 'logger' | 'daemonEvents'>,
): ClockControl =>
  new ClockControl({ clock, queue }, (state, by) => {
    logger.info({ clock: state }, 'the clock was changed');
    daemonEvents.emit({ name: 'Clock', event: { by, state } });
  });

/** Connects the log, the metrics and the configuration's listeners to the events. */
function listen(app: App, logger: Logger, problemLog: LoggedProblems): Metrics {
  const { events, clock, config } = app;
  const metrics = new Metrics(events, () => clock.real.steady());
  logEvents(app, logger, problemLog);
  addListeners(events, config.listeners);
  return metrics;
}

/** What the servers of a daemon need. */
interface ServerParts {
  app: App;
  logger: Logger;
  metrics: Metrics;
  daemonEvents: DaemonEvents;
  status: StatusWatch;
  clock: ClockControl | undefined;
  onError: Reports['onError'];
}

/** Opens the HTTP API for clients and the control socket for the workspace's owner. */
async function openServers(
  options: ServeOptions,
  { app, logger, metrics, daemonEvents, status, clock, onError }: ServerParts,
  disposables: DisposableStack,
): Promise<Pick<Daemon, 'info' | 'takenPort'> & { control: ControlSocket }> {
  const { workspace, onStop, host, port } = options;
  const address = addressOf(options, app.config);
  const http = await openHttpServer(app, {
    ...address,
    preloads: options.preloads ?? true,
    grace: app.config.queue.grace,
    onError,
    // The client is shown the error, so it is not also an event.
    onFault: (error, where) => logger.error({ where }, messageOf(error)),
  });
  const { url, realtime, takenPort } = disposables.use(http);
  const { socket } = daemonPaths(workspace.data);
  const asked = { ...(host !== undefined && { host }), ...(port !== undefined && { port }) };
  const info = { pid: process.pid, startedAt: app.clock.now(), socket, url, realtime, asked };
  const replays = disposables.use(new ReplayControl(app));
  const routes = {
    'GET /status': async () => ({
      ...(await statusOf(app, info, metrics)),
      ...(clock && { clock: clock.state }),
    }),
    'GET /status/changes': () => status.lines(),
    'POST /stop': () => onStop(),
    'GET /handlers': () => handlerEntries(app),
    'POST /reload': () => reloadHandlers(app, handlerFiles(workspace)),
    'POST /events': (lines: AsyncIterable<string>) => receiveEvents(app.events, lines),
    'GET /events': () => daemonEvents.lines(),
    ...(clock && { 'POST /clock': (lines: AsyncIterable<string>) => clock.receive(lines) }),
    'POST /replay': (lines: AsyncIterable<string>) => replays.receive(lines),
    'POST /idle': (lines: AsyncIterable<string>) => emitWhenIdle(app, daemonEvents, lines),
  };
  const control = disposables.use(
    new ControlSocket(socket, routes, (error) => logger.error(messageOf(error))),
  );
  await control.open();
  return { info, takenPort, control };
}

/** The default port, which the first daemon of a machine gets. */
const defaultPort = 4711;

/** A chosen port must be available. With port 0, any free port is used. */
function addressOf({ host, port, preferredPort }: ServeOptions, { http }: App['config']) {
  const chosen = port ?? http.port;
  return {
    host: host ?? http.host,
    port: chosen || (preferredPort ?? chosen ?? defaultPort),
    mayMove: !chosen,
  };
}

type Reports = Required<Pick<AppOptions, 'onOutput' | 'onError'>>;

/** Where everything is reported that handlers print, and every error that no caller awaits. */
const reportsTo = (logger: Logger, daemonEvents: DaemonEvents): Reports => ({
  onOutput: (handler, text) => {
    logger.info({ handler, printed: true }, text);
    daemonEvents.emit({ name: 'Output', event: { handler, text } });
  },
  onError: (error, where) => {
    logger.error({ where, ...stackOf(error) }, messageOf(error));
    daemonEvents.emit({ name: 'Error', event: errorJson(error) });
  },
});

/** The stack of an error, omitted for our own errors, whose message is enough. */
const stackOf = (error: unknown) =>
  error instanceof Error && !(error instanceof MessengerError) ? { stack: error.stack } : {};

const scheduleReports = (logger: Logger) => ({
  onStart: (command: string, isMissed: boolean) =>
    logger.info({ command }, isMissed ? 'missed scheduled command started' : 'scheduled command started'),
  onError: (error: unknown, command: string) => logger.error({ command }, messageOf(error)),
});
