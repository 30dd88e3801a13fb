import { chmodSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileIdentity } from '../base/file-identity.ts';
import { endingAside } from './paths.ts';

/** The daemon's control socket, which can be opened again where its file was removed. */
export class ControlSocket {
  readonly #open: () => Promise<{ close(): Promise<void> }>;
  #server: { close(): Promise<void> } | undefined;
  #isClosed = false;

  constructor(...args: Parameters<typeof openControlServer>) {
    this.#open = () => openControlServer(...args);
  }

  /** Opens it; closes the one that was open before, which removes its file. */
  async open(): Promise<void> {
    await this.#server?.close();
    this.#server = await this.#open();
    // The daemon may have ended meanwhile: nobody else would close this one.
    if (this.#isClosed) await this.#server.close();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#server?.close();
  }
}

/** What can be asked of a daemon by those who own its workspace: `METHOD /path` → what is done and answered. */
type ControlRoutes = Record<string, (lines: AsyncIterable<string>) => unknown>;

/**
 * Opens the daemon's control socket: HTTP on a Unix socket (a named pipe on Windows) that only its owner may use.
 * Answers are JSON.
 *
 * @param onError told of requests that failed
 */
async function openControlServer(
  socket: string,
  routes: ControlRoutes,
  onError: (error: unknown) => void,
): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(routes, request, response).catch((error) => {
      onError(error);
      send(response, 500, { message: 'The daemon could not do it; its log tells why.' });
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
  const remove = await listenAside(server, socket);
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
 * Listens under another name and puts the file in its place. When a server closes, the system's library removes whatever
 * has the name it listened under: that would be the socket of a daemon that has taken the place of this one.
 *
 * @returns removes the file, if it is still the one of this server
 */
async function listenAside(server: Server, socket: string): Promise<() => void> {
  // A folder of ours in the one for temporary files lets nobody in, also before the socket has its own rights.
  mkdirSync(path.dirname(socket), { recursive: true, mode: 0o700 });
  const aside = `${socket}${endingAside}`;
  rmSync(aside, { force: true });
  await listen(server, aside);
  chmodSync(aside, 0o600);
  // One that a crash left behind goes by that: whoever has the workspace's lock may remove it.
  renameSync(aside, socket);
  const own = fileIdentity(socket);
  return () => {
    if (fileIdentity(socket) === own) rmSync(socket, { force: true });
  };
}

async function answer(routes: ControlRoutes, request: IncomingMessage, response: ServerResponse) {
  const route = routes[`${request.method} ${request.url}`];
  if (route === undefined) return send(response, 404, { message: 'The daemon knows no such request.' });
  send(response, 200, (await route(createInterface({ input: request }))) ?? {});
}

function send(response: ServerResponse, status: number, value: object): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
