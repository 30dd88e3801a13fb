import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../app.ts';
import type { DaemonInfo } from './info.ts';

type Events = App['events'];
type NamedEvent = Parameters<Parameters<Events['onAny']>[0]>[0];

/** What becomes of an event while no daemon runs. */
type OnUnheard = (named: NamedEvent) => unknown;

/** A daemon that takes longer than this for an event hangs, in milliseconds. */
const patience = 2_000;

/**
 * Tells a daemon of everything that happens in this process, so that its clients and listeners hear of it too. The
 * database holds it all in any case: what the daemon cannot be told is not lost, only not heard.
 *
 * @param daemon only its socket counts: another daemon that runs there later is told, too
 * @param onUnheard called instead while there is none; what it throws is reported by the bus
 * @returns `close()` waits until the daemon has been told, or does not listen
 */
export function relayEvents(
  events: Events,
  daemon: Pick<DaemonInfo, 'socket'>,
  onUnheard: OnUnheard = () => {},
): { close(): Promise<void> } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let told: Promise<void> = Promise.resolve();
  const stop = events.onAny((named) => {
    const heard = told.then(() => tell(agent, daemon.socket, JSON.stringify(named)));
    told = heard.then(() => {});
    return heard.then((isHeard) => isHeard || onUnheard(named));
  });
  return {
    close: async () => {
      stop();
      const end = new AbortController();
      await Promise.race([told, sleep(patience, undefined, { signal: end.signal }).catch(() => {})]);
      end.abort();
      agent.destroy();
    },
  };
}

/** Tells a daemon; false when there is none. */
function tell(agent: Agent, socketPath: string, line: string): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { agent, socketPath, method: 'POST', path: '/events', timeout: patience };
    const asked = request(options, (response) => {
      response.resume().on('close', () => resolve(true));
    });
    asked.on('timeout', () => asked.destroy());
    // One that was interrupted may have heard it.
    asked.on('error', (error) => resolve(!isNobodyThere(error))).end(line);
  });
}

const isNobodyThere = (error: NodeJS.ErrnoException): boolean =>
  error.code === 'ENOENT' || error.code === 'ECONNREFUSED';

/** Lets the events of other processes happen here as well. */
export async function receiveEvents(events: Events, lines: AsyncIterable<string>): Promise<void> {
  for await (const line of lines) {
    const { name, event }: NamedEvent = JSON.parse(line);
    events.emit(name, event as never);
  }
}
