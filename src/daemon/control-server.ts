import { chmodSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileIdentity } from '../base/file-identity.ts';
import { newSocketSuffix } from './paths.ts';

/** The daemon's control socket. It can be opened again after its file was removed. */
export class ControlSocket {
  readonly #open: () => Promise<{ close(): Promise<void> }>;
  #server: { close(): Promise<void> } | undefined;
  #isClosed = false;

  constructor(...args: Parameters<typeof openControlServer>) {
    this.#open = () => openControlServer(...args);
  }

  /** Opens the socket. Closes a previous one, which removes its file. */
  async open(): Promise<void> {
    await this.#server?.close();
    this.#server = await this.#open();
    // The daemon may have closed in the meantime. Nothing else would close this server.
    if (this.#isClosed) await this.#server.close();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#server?.close();
  }
}

/** The requests that the owner of a workspace can send to its daemon, by `METHOD /path`. */
type ControlRoutes = Record<string, (lines: AsyncIterable<string>) => unknown>;

/**
 * Opens the daemon's control socket: HTTP on a Unix socket (a named pipe on Windows) that only its owner may
 * use. Answers are JSON, or lines of JSON as they come.
 *
 * @param onError called with the errors of requests
 */
async function openControlServer(
  socket: string,
  routes: ControlRoutes,
  onError: (error: unknown) => void,
): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(routes, request, response).catch((error) => {
      onError(error);
      send(response, 500, { message: 'The daemon could not do it; see its log.' });
    });
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  if (process.platform === 'win32') {
    await listen(server, socket);
    return { close };
  }
  const remove = await listenAndRename(server, socket);
  return {
    close: () => {
      remove();
      return close();
    },
  };
}

const listen = (server: Server, socket: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject).listen(socket, resolve);
  });

/**
 * Listens under a temporary name and renames the socket file into place. When a server closes, libuv removes
 * whatever file has the name it listened under, which could be the socket of a newer daemon.
 *
 * @returns removes the file, if it still belongs to this server
 */
async function listenAndRename(server: Server, socket: string): Promise<() => void> {
  // Our folder for temporary files is private, so the socket is safe even before it has its own permissions.
  mkdirSync(path.dirname(socket), { recursive: true, mode: 0o700 });
  const temporary = `${socket}${newSocketSuffix}`;
  rmSync(temporary, { force: true });
  await listen(server, temporary);
  chmodSync(temporary, 0o600);
  // Replaces a socket left by a crash. Holding the workspace's lock makes that safe.
  renameSync(temporary, socket);
  const own = fileIdentity(socket);
  return () => {
    if (fileIdentity(socket) === own) rmSync(socket, { force: true });
  };
}

async function answer(routes: ControlRoutes, request: IncomingMessage, response: ServerResponse) {
  const route = routes[`${request.method} ${request.url}`];
  if (route === undefined) return send(response, 404, { message: 'There is no such request.' });
  const value = await route(createInterface({ input: request }));
  if (value instanceof Readable) await stream(response, value);
  else send(response, 200, value ?? {});
}

/** Sends lines of JSON as they come, until the client has gone. */
async function stream(response: ServerResponse, lines: Readable): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' }).flushHeaders();
  await pipeline(lines, response).catch(() => {});
}

function send(response: ServerResponse, status: number, value: object): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
