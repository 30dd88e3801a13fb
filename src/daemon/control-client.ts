import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { createError } from '../base/errors.ts';
import type { Events } from '../domain/event.ts';
import type { DaemonInfo } from './info.ts';
import type { DaemonStatus } from './status.ts';

/** A daemon that has not answered after so many milliseconds hangs. */
const patience = 12_000;
/** It reads every handler meanwhile: some hang until their own time is over. */
const reloadPatience = 60_000;

/**
 * Asks a daemon for its state.
 *
 * @throws DAEMON_SILENT
 */
export const askStatus = (daemon: DaemonInfo): Promise<DaemonStatus> => ask(daemon, 'GET', '/status');

/**
 * Asks a daemon to end; it finishes what runs first.
 *
 * @throws DAEMON_SILENT
 */
export const askToStop = (daemon: DaemonInfo): Promise<object> => ask(daemon, 'POST', '/stop');

/**
 * Asks a daemon to read all handlers anew.
 *
 * @throws DAEMON_SILENT
 */
export const askToReload = (daemon: DaemonInfo): Promise<Events['HandlersReloaded']> =>
  ask(daemon, 'POST', '/reload', reloadPatience);

/** What was read anew. */
function ask<Answer>(
  { pid, socket }: DaemonInfo,
  method: string,
  path: string,
  timeout = patience,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const silent = () => reject(createError('DAEMON_SILENT', pid));
    const asked = request({ socketPath: socket, method, path, timeout });
    asked.on('timeout', () => asked.destroy()).on('error', silent);
    asked.on('response', (response) => {
      // What it could not do is in its log.
      if (response.statusCode !== 200) silent();
      json(response).then((value) => resolve(value as Answer), silent);
    });
    asked.end();
  });
}
