import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';

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
  if (process.platform !== 'win32') makeRoomFor(socket);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(socket, resolve);
  });
  if (process.platform !== 'win32') chmodSync(socket, 0o600);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function makeRoomFor(socket: string): void {
  // A folder of ours in the one for temporary files lets nobody in, also before the socket has its own rights.
  mkdirSync(path.dirname(socket), { recursive: true, mode: 0o700 });
  // One that a crash left behind: whoever has the workspace's lock may remove it.
  rmSync(socket, { force: true });
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
