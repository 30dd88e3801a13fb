import type { FastifyInstance } from 'fastify';
import type { HttpSettings } from '../../config/settings.ts';
import type { Admission } from '../admission.ts';
import type { Connections } from '../connections.ts';
import { type Endpoint, type HttpApp, tagged } from '../endpoint.ts';
import { createClientEventWriter, createJsonWriter } from '../escape.ts';
import { isAllowed } from '../guards.ts';
import { newAppKey } from './app-key.ts';
import { BroadcastPresenter } from './broadcast-presenter.ts';
import { Broadcaster } from './broadcaster.ts';
import { mayListen, serveChannelAuth } from './channel-auth.ts';
import { EventLines } from './event-lines.ts';
import { eventsEndpoint } from './events-endpoint.ts';
import type { Hub } from './hub.ts';
import { protocolErrors } from './protocol.ts';
import { PusherServer } from './pusher-server.ts';

/** Realtime, as the rest of the server sees it. */
export interface Realtime {
  /** The key that clients put into the address of their sockets. */
  key: string;
  /** The endpoints below `/api/messenger`. */
  endpoints: Endpoint[];
}

/** What realtime needs from the rest of the server. */
interface RealtimeParts {
  /** The settings it was opened with, which stay as they are. */
  http: HttpSettings;
  admission: Admission;
  connections: Connections;
  /** Receives what could not be broadcast. */
  report(error: unknown): void;
}

/** How often streams and tokens are checked, in milliseconds. */
const maintenanceInterval = 15_000;

/**
 * Opens realtime on a server that does not listen yet: the Pusher protocol, the endpoint that signs for it,
 * and server-sent events. It closes with the server, before the server waits for its connections.
 */
export async function openRealtime(
  server: FastifyInstance,
  app: HttpApp,
  { http, admission, connections, report }: RealtimeParts,
): Promise<Realtime> {
  const { store, clock } = app;
  const { sockets, clientEvents } = http.limits;
  // Each subscription needs a signature, which counts as a request. Only a reused signature can exceed this.
  const subscriptions = http.rateLimits.api;
  const keys = await store.appKeys.ensure(newAppKey());
  const pusher = new PusherServer({
    server: server.server,
    app: keys,
    clock: clock.real,
    isAllowed: ({ headers }) => isAllowed(http, headers.host, headers.origin),
    admits: async (connection, channel, userId) =>
      connection.isGranted(channel, userId) && (await mayListen(app, userId, channel)),
    onSocket: (raw) => connections.release(raw),
    onError: report,
    limits: { socketsOfPerson: sockets, clientEvents, subscriptions },
    forward: createClientEventWriter(http),
  });
  const { hub } = pusher;
  const eventLines = new EventLines();
  const broadcaster = new Broadcaster(app, { hub, eventLines }, report);
  const ending = new AbortController();
  void maintain(app, hub, eventLines, ending.signal, report);
  server.addHook('preClose', async () => {
    ending.abort();
    await broadcaster.close();
    pusher.close();
    eventLines.close();
  });
  const presenter = new BroadcastPresenter(app);
  const write = createJsonWriter(http);
  serveChannelAuth(server, { context: app, app: keys, presenter, hub, admission, write });
  return { key: keys.key, endpoints: tagged('realtime', [eventsEndpoint(app, eventLines)]) };
}

/** Keeps streams open, and closes sockets and streams whose token was revoked, even by another process. */
async function maintain(
  { clock, store }: HttpApp,
  hub: Hub,
  eventLines: EventLines,
  signal: AbortSignal,
  report: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    await clock.real.sleep(maintenanceInterval, signal).catch(() => {});
    if (signal.aborted) return;
    eventLines.beat();
    await cutRevoked(store, hub, eventLines).catch(report);
  }
}

async function cutRevoked(store: HttpApp['store'], hub: Hub, eventLines: EventLines): Promise<void> {
  for (const id of new Set([...hub.credentials(), ...eventLines.credentials()])) {
    const token = await store.tokens.find(id);
    if (token !== undefined && token.revokedAt === null) continue;
    hub.revoke(id, protocolErrors.revoked);
    eventLines.disconnect(id);
  }
}
