import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { json } from 'node:stream/consumers';
import { createError } from '../base/errors.ts';
import type { ClockState } from '../domain/clock-state.ts';
import type { Events } from '../domain/event.ts';
import type { Replay, ReplayRequest } from '../domain/replay.ts';
import type { ClockRequest } from './clock-control.ts';
import type { DaemonEvent } from './daemon-events.ts';
import type { HandlerEntry } from './handler-entries.ts';
import type { IdleRequest } from './idle.ts';
import type { DaemonInfo } from './info.ts';
import type { DaemonStatus } from './status.ts';
import type { LiveStatus } from './status-watch.ts';

/** Milliseconds after which a daemon that does not answer is considered unresponsive. */
const responseTimeout = 12_000;
/** Longer where every handler is read, because some may hang until they time out. */
const reloadTimeout = 60_000;

/**
 * Asks a daemon for its status.
 *
 * @throws DAEMON_SILENT
 */
export const askStatus = (daemon: DaemonInfo): Promise<DaemonStatus> => ask(daemon, 'GET', '/status');

/**
 * Asks a daemon to stop once its current work is finished.
 *
 * @throws DAEMON_SILENT
 */
export const askToStop = (daemon: DaemonInfo): Promise<object> => ask(daemon, 'POST', '/stop');

/**
 * Asks a daemon to reload all handlers.
 *
 * @throws DAEMON_SILENT
 */
export const askToReload = (daemon: DaemonInfo): Promise<Events['HandlersReloaded']> =>
  ask(daemon, 'POST', '/reload', reloadTimeout);

/**
 * Asks a daemon for the handlers that can be attached.
 *
 * @throws DAEMON_SILENT
 */
export const askForHandlers = (daemon: DaemonInfo): Promise<HandlerEntry[]> =>
  ask(daemon, 'GET', '/handlers', reloadTimeout);

/**
 * Asks a daemon to emit `Idle` once the bots of a thread are done.
 *
 * @throws DAEMON_SILENT
 */
export const askForIdle = (daemon: DaemonInfo, wanted: IdleRequest): Promise<object> =>
  ask(daemon, 'POST', '/idle', 0, JSON.stringify(wanted));

/**
 * Asks a daemon to change its clock. Resolves once everything is done that is due then.
 *
 * @throws CLOCK_REAL when its clock cannot be changed; DAEMON_SILENT
 */
export async function askForClock(daemon: DaemonInfo, wanted: ClockRequest): Promise<ClockState> {
  const { clock } = await askStatus(daemon);
  if (clock === undefined) throw createError('CLOCK_REAL', daemon.pid);
  return ask(daemon, 'POST', '/clock', 0, JSON.stringify(wanted));
}

/**
 * Asks a daemon to send messages of a group again in a copy of it.
 *
 * @throws DAEMON_SILENT
 */
export const askToReplay = (daemon: DaemonInfo, wanted: ReplayRequest): Promise<Replay> =>
  ask(daemon, 'POST', '/replay', reloadTimeout, JSON.stringify(wanted));

/** How a stream of a daemon is followed. */
interface Stream {
  /** Called once the daemon has closed the stream. */
  onEnd: () => void;
  /** Closes the stream. */
  signal: AbortSignal;
}

/**
 * Calls a function with every event of a daemon. Resolves once the event stream is open.
 *
 * @throws DAEMON_SILENT
 */
export const followEvents = (
  daemon: DaemonInfo,
  { onEvent, ...stream }: Stream & { onEvent: (event: DaemonEvent) => void },
): Promise<void> => followLines(daemon, '/events', (line) => onEvent(JSON.parse(line)), stream);

/**
 * Calls a function with the status of a daemon, now and whenever it changes. Resolves once the stream is open.
 *
 * @throws DAEMON_SILENT
 */
export const followStatus = (
  daemon: DaemonInfo,
  { onStatus, ...stream }: Stream & { onStatus: (status: LiveStatus) => void },
): Promise<void> => followLines(daemon, '/status/changes', (line) => onStatus(JSON.parse(line)), stream);

function followLines(
  { pid, socket }: DaemonInfo,
  path: string,
  onLine: (line: string) => void,
  { onEnd, signal }: Stream,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const silent = () => reject(createError('DAEMON_SILENT', pid));
    const asked = request({ socketPath: socket, path, signal });
    asked.on('error', silent);
    asked.on('response', (response) => {
      // A daemon of an older release does not have every stream.
      if (response.statusCode !== 200) {
        response.destroy();
        return silent();
      }
      const lines = createInterface({ input: response });
      lines.on('line', onLine);
      // Readline passes on the error of an aborted response.
      lines.on('error', () => {});
      response.on('close', () => {
        if (!signal.aborted) onEnd();
      });
      resolve();
    });
    asked.end();
  });
}

/** Sends a request and parses the answer. */
function ask<Answer>(
  { pid, socket }: DaemonInfo,
  method: string,
  path: string,
  timeout = responseTimeout,
  body = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const silent = () => reject(createError('DAEMON_SILENT', pid));
    const asked = request({ socketPath: socket, method, path, timeout });
    asked.on('timeout', () => asked.destroy()).on('error', silent);
    asked.on('response', (response) => {
      // The daemon's log has the reason.
      if (response.statusCode !== 200) silent();
      json(response).then((value) => resolve(value as Answer), silent);
    });
    asked.end(body);
  });
}
