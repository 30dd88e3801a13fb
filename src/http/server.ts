import type { Server } from 'node:http';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import fastify, { errorCodes, type FastifyInstance, type FastifyReply } from 'fastify';
import { readJson } from '../api/json-body.ts';
import { withoutByteOrderMark } from '../base/byte-order-mark.ts';
import { createError, messageOf } from '../base/errors.ts';
import type { HttpSettings } from '../config/settings.ts';
import type { Context } from '../services/context.ts';
import { loadAhead } from '../services/load-ahead.ts';
import { Admission } from './admission.ts';
import { serveAssets } from './assets.ts';
import { bindRequests } from './bind-requests.ts';
import { trimmedForm } from './body.ts';
import { Connections } from './connections.ts';
import { serveDocumentation } from './documentation.ts';
import { answerFailure, answerUnknown, KnownPaths, type Report } from './error-answers.ts';
import { createJsonWriter } from './escape.ts';
import { readForm } from './forms.ts';
import { guard } from './guards.ts';
import { keepLimits, serverLimits } from './limits.ts';
import { loginFor } from './login.ts';
import { serveMessageAssets } from './message-assets.ts';
import { Pictures } from './pictures.ts';
import { openRealtime } from './realtime/open-realtime.ts';
import { Scaler } from './scaler.ts';
import { serveEndpoints } from './serve-endpoints.ts';

/** How a server differs from what the configuration says. */
export interface HttpServerOptions {
  host?: string;
  /** 0 for any that is free. */
  port?: number;
  /** Where the port is taken, listens on any other that is free. */
  mayMove?: boolean;
  /** Milliseconds that what is under way has when it closes, before it is cut: a client may send its file for ever. */
  grace?: number;
  /** Told what went wrong inside. */
  onError?: Report;
}

/** A server that listens. */
export interface HttpServer {
  /** Where it is reached: `http://127.0.0.1:4711`. */
  url: string;
  server: Server;
  /** Where realtime clients connect, and the key they name. */
  realtime: { url: string; key: string };
  /** The port that it was to listen on and that is taken; null where it listens as it was to. */
  takenPort: number | null;
  /** Stops listening, and answers what is under way. */
  close(): Promise<void>;
}

/**
 * Opens the HTTP API over the use cases of an app.
 *
 * @throws ADDRESS_UNUSABLE
 * @example const { url, close } = await openHttpServer(app, { port: 0 })
 */
export async function openHttpServer(
  app: Context,
  { onError = () => {}, ...options }: HttpServerOptions = {},
): Promise<HttpServer> {
  const { host = app.settings.http.host, port = app.settings.http.port } = options;
  const http = { ...app.settings.http, host, port };
  // The settings are shared, not copied: a configuration that is saved later changes them.
  app.settings.http = http;
  const connections = new Connections(http.limits);
  const server = newServer(onError, http, connections);
  bindRequests(server);
  guard(server, http);
  const login = loginFor(app);
  const admission = new Admission(app, login);
  // What leads nowhere has no login, and may have a body.
  server.addHook('onRequest', async (request, reply) => {
    if (request.is404) await admission.admitAnybody(request, reply);
  });
  await server.register(helmet, { contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } } });
  // What is too large is told of like every other wrong file, by its endpoint.
  await server.register(multipart, { throwFileSizeLimit: false });
  const scaler = new Scaler();
  await Promise.all([scaler.prepare(), loadAhead()]);
  const gallery = { pictures: new Pictures(scaler.scale), onRequest: admission.admitAnybody };
  await serveDocumentation(server, gallery.onRequest);
  serveAssets(server, app, gallery);
  serveMessageAssets(server, app, gallery);
  const { key, endpoints } = await openRealtime(server, app, {
    admission,
    connections,
    report: (error) => onError(error, 'realtime'),
  });
  serveEndpoints(server, app, admission, endpoints);
  const takenPort = await listen(server, host, port, options.mayMove ?? false);
  const url = urlOf(server);
  const realtime = { url: url.replace('http', 'ws'), key };
  return { url, server: server.server, realtime, takenPort, close: () => closeWithin(server, options.grace) };
}

async function closeWithin(server: FastifyInstance, grace?: number): Promise<void> {
  const cut = () => server.server.closeAllConnections();
  const timer = grace === undefined ? undefined : setTimeout(cut, grace);
  try {
    await server.close();
  } finally {
    clearTimeout(timer);
  }
}

function newServer(report: Report, http: HttpSettings, connections: Connections): FastifyInstance {
  const { limits } = http;
  const write = createJsonWriter(http);
  const server = fastify({
    ...serverLimits(limits),
    // Connections that wait for nothing are closed; those that are being answered are not.
    forceCloseConnections: 'idle',
    // As in the original a path is known by its very letters, and with a slash at its end too; names of stored files
    // are parts of paths.
    routerOptions: { caseSensitive: true, ignoreTrailingSlash: true, maxParamLength: 300 },
    frameworkErrors: (error, request, reply: FastifyReply) => {
      answerFailure(report, error, request, reply.serializer(write));
    },
    clientErrorHandler: connections.refuse,
  });
  connections.watch(server.server);
  keepLimits(server, limits);
  // Whatever is answered is written in one way; what leads to no route has no serializer of the server's by itself.
  server.setReplySerializer((answer) => write(answer));
  const paths = new KnownPaths();
  paths.watch(server);
  server.setErrorHandler((error, request, reply) =>
    answerFailure(report, error, request, reply.serializer(write)),
  );
  server.setNotFoundHandler((request, reply) => answerUnknown(paths, request, reply.serializer(write)));
  addBodyParsers(server);
  return server;
}

/** Bodies of JSON and of forms. One without a single byte has no fields, whatever its type: axios sends such ones. */
function addBodyParsers(server: FastifyInstance): void {
  const readers: ReadonlyArray<readonly [type: string | RegExp, read: (body: Buffer) => unknown]> = [
    [/^application\/(?:[\w.-]+\+)?json\b/, readJson],
    [
      'application/x-www-form-urlencoded',
      (body) => trimmedForm(readForm(withoutByteOrderMark(body.toString('utf8')))),
    ],
    ['*', readNothing],
  ];
  server.removeAllContentTypeParsers();
  for (const [type, read] of readers) {
    server.addContentTypeParser(type, { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) =>
      read(body),
    );
  }
}

/** @throws FastifyError 415 */
function readNothing(body: Buffer): unknown {
  if (body.length > 0) throw new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE();
  return {};
}

/** For `localhost` Fastify would open a second server for the other kind of addresses, which nobody watches. */
const addressOf = (host: string): string => (host === 'localhost' ? '127.0.0.1' : host);

/**
 * Listens, and only then knows whether the port was free: whoever looks before finds it taken a moment later.
 *
 * @returns the port that was taken, where it listens on another one
 * @throws ADDRESS_UNUSABLE
 */
async function listen(
  server: FastifyInstance,
  host: string,
  port: number,
  mayMove: boolean,
): Promise<number | null> {
  try {
    await server.listen({ host: addressOf(host), port });
    return null;
  } catch (error) {
    if (mayMove && port !== 0 && isTaken(error)) {
      await listen(server, host, 0, false);
      return port;
    }
    await server.close();
    throw createError('ADDRESS_UNUSABLE', host, port, messageOf(error));
  }
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

function urlOf({ server }: FastifyInstance): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
