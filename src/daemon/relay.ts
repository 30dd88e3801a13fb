import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../app.ts';
import type { NamedEvent } from '../domain/event.ts';
import type { DaemonInfo } from './info.ts';

type Events = App['events'];

/** Handles an event while no daemon runs. */
type OnUndelivered = (named: NamedEvent) => unknown;

/** Milliseconds after which a daemon that does not answer is considered unresponsive. */
const responseTimeout = 2_000;

/**
 * Forwards all events of this process to a daemon, so that its clients and listeners receive them too. The
 * database has the data in any case: if forwarding fails, only the notification is lost.
 *
 * @param daemon only its socket matters: another daemon that runs there later receives the events as well
 * @param onUndelivered called instead while there is no daemon; the event bus reports what it throws
 * @returns `close()` waits until everything was forwarded or the daemon does not respond
 */
export function relayEvents(
  events: Events,
  daemon: Pick<DaemonInfo, 'socket'>,
  onUndelivered: OnUndelivered = () => {},
): { close(): Promise<void> } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let sending: Promise<void> = Promise.resolve();
  const stop = events.onAny((named) => {
    const delivered = sending.then(() => sendLine(agent, daemon.socket, JSON.stringify(named)));
    sending = delivered.then(() => {});
    return delivered.then((isDelivered) => isDelivered || onUndelivered(named));
  });
  return {
    close: async () => {
      stop();
      const end = new AbortController();
      await Promise.race([
        sending,
        sleep(responseTimeout, undefined, { signal: end.signal }).catch(() => {}),
      ]);
      end.abort();
      agent.destroy();
    },
  };
}

/** Forwards an event to a daemon; false when there is none. */
function sendLine(agent: Agent, socketPath: string, line: string): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { agent, socketPath, method: 'POST', path: '/events', timeout: responseTimeout };
    const asked = request(options, (response) => {
      response.resume().on('close', () => resolve(true));
    });
    asked.on('timeout', () => asked.destroy());
    // An interrupted request may have been received.
    asked.on('error', (error) => resolve(!isNotListening(error))).end(line);
  });
}

const isNotListening = (error: NodeJS.ErrnoException): boolean =>
  error.code === 'ENOENT' || error.code === 'ECONNREFUSED';

/** Emits the events of other processes in this one. */
export async function receiveEvents(events: Events, lines: AsyncIterable<string>): Promise<void> {
  for await (const line of lines) {
    const { name, event }: NamedEvent = JSON.parse(line);
    events.emit(name, event as never);
  }
}
