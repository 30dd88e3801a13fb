import type { Server } from 'node:http';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import fastify, { errorCodes, type FastifyInstance, type FastifyReply } from 'fastify';
import { readJson } from '../api/json-body.ts';
import { withoutByteOrderMark } from '../base/byte-order-mark.ts';
import { createError, messageOf } from '../base/errors.ts';
import type { HttpSettings } from '../config/settings.ts';
import type { Context } from '../services/context.ts';
import { preload } from '../services/preload.ts';
import { Admission } from './admission.ts';
import { serveAssets } from './assets.ts';
import { bindRequests } from './bind-requests.ts';
import { trimmedForm } from './body.ts';
import { Connections } from './connections.ts';
import { serveDocumentation } from './documentation.ts';
import { answerFailure, answerUnknown, KnownPaths, type Report, type Reports } from './error-answers.ts';
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

/** Overrides of the configuration. */
export interface HttpServerOptions {
  host?: string;
  /** 0 for any free port. */
  port?: number;
  /** Whether to listen on any free port if this one is taken. */
  mayMove?: boolean;
  /** Milliseconds that open requests have when the server closes. A client might send its file forever. */
  grace?: number;
  /** False for a server that ends soon: modules are loaded at first use, and the start is quicker. */
  preloads?: boolean;
  /** Called with internal errors. */
  onError?: Report;
  /** Called with errors of handlers' own code that the client is shown. Defaults to `onError`. */
  onFault?: Report;
}

/** A listening server. */
export interface HttpServer {
  /** Its URL: `http://127.0.0.1:4711`. */
  url: string;
  server: Server;
  /** The URL for realtime clients, and the key they need. */
  realtime: { url: string; key: string };
  /** The requested port, if it was taken and the server listens on another one. Otherwise null. */
  takenPort: number | null;
  /** Stops listening, and finishes open requests. */
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
  { onError = () => {}, onFault = onError, preloads = true, ...options }: HttpServerOptions = {},
): Promise<HttpServer> {
  const { host = app.settings().http.host, port = app.settings().http.port } = options;
  const http = { ...app.settings().http, host, port };
  const connections = new Connections(http.limits);
  const server = newServer({ onError, onFault }, http, connections);
  bindRequests(server);
  guard(server, http);
  const login = loginFor(app);
  const admission = new Admission(app, login);
  // An unknown path has no login, and may have a body.
  server.addHook('onRequest', async (request, reply) => {
    if (request.is404) await admission.admitAnybody(request, reply);
  });
  await server.register(helmet, { contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } } });
  // A file that is too large is reported by its endpoint, like any other invalid file.
  await server.register(multipart, { throwFileSizeLimit: false });
  const scaler = new Scaler();
  if (preloads) await preload();
  const gallery = { pictures: new Pictures(scaler.scale), onRequest: admission.admitAnybody };
  await serveDocumentation(server, gallery.onRequest);
  serveAssets(server, app, gallery);
  serveMessageAssets(server, app, gallery);
  const { key, endpoints } = await openRealtime(server, app, {
    http,
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

function newServer(reports: Reports, http: HttpSettings, connections: Connections): FastifyInstance {
  const { limits } = http;
  const write = createJsonWriter(http);
  const server = fastify({
    ...serverLimits(limits),
    // Closes idle connections, but not those that are being answered.
    forceCloseConnections: 'idle',
    // As in the original, paths are case-sensitive and may end with a slash. Names of stored files are parts
    // of paths.
    routerOptions: { caseSensitive: true, ignoreTrailingSlash: true, maxParamLength: 300 },
    frameworkErrors: (error, request, reply: FastifyReply) => {
      answerFailure(reports, error, request, reply.serializer(write));
    },
    clientErrorHandler: connections.rejectInput,
  });
  connections.watch(server.server);
  keepLimits(server, limits);
  // All answers are serialized in one way. Unknown paths would not use the server's serializer by default.
  server.setReplySerializer((answer) => write(answer));
  const paths = new KnownPaths();
  paths.watch(server);
  server.setErrorHandler((error, request, reply) =>
    answerFailure(reports, error, request, reply.serializer(write)),
  );
  server.setNotFoundHandler((request, reply) => answerUnknown(paths, request, reply.serializer(write)));
  addBodyParsers(server);
  return server;
}

/** Parsers for JSON and form bodies. An empty body of any type has no fields: axios sends such bodies. */
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

/** For `localhost`, Fastify would open a second, unmonitored server for the other address family. */
const addressOf = (host: string): string => (host === 'localhost' ? '127.0.0.1' : host);

/**
 * Listens to find out whether the port is free. A check beforehand could be out of date a moment later.
 *
 * @returns the requested port, if it was taken and another one is used
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
