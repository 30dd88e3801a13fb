import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { AtEnd } from './temporary-folder.ts';

/** A request as it was meant for the world. */
export interface Asked {
  url: URL;
  headers: IncomingHttpHeaders;
}

/**
 * The world as handlers see it: one server of the test's own, which every request of theirs reaches whatever its
 * address. How it answers is said before the request.
 */
export class Network {
  /** What was asked, oldest first. */
  readonly asked: Asked[] = [];
  readonly #server = createServer((request, response) => this.#take(request, response));
  #port = 0;
  /** Where the workers hear how much time has passed. */
  readonly #clock = createSocketServer((socket) => this.#follow(socket));
  readonly #workers = new Set<Socket>();
  #onHeard: () => void = () => {};
  #respond: (response: ServerResponse) => void = (response) => void response.writeHead(404).end();

  static async open(atEnd: AtEnd = onTestFinished): Promise<Network> {
    const network = new Network();
    await network.#listen();
    await once(network.#clock.listen(0, '127.0.0.1'), 'listening');
    atEnd(() => network.#close());
    return network;
  }

  /** Where the server listens. */
  get address(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** What a worker must find in its environment to be in this network. */
  get environment(): Record<string, string> {
    const preload = new URL('./network-preload.mjs', import.meta.url);
    const { port } = this.#clock.address() as AddressInfo;
    return { TEST_NETWORK: this.address, TEST_CLOCK: String(port), NODE_OPTIONS: `--import=${preload.href}` };
  }

  /** Answers with JSON. */
  answer(body: unknown, status = 200): Promise<void> {
    return this.answerRaw(JSON.stringify(body), { 'content-type': 'application/json' }, status);
  }

  /** Answers with a body as it is. */
  answerRaw(body: string | Uint8Array, headers: Record<string, string> = {}, status = 200): Promise<void> {
    return this.#from((response) => void response.writeHead(status, headers).end(body));
  }

  /** Answers, with JSON or with bytes as they are, once so much time has passed for the worker that asks. */
  answerAfter(milliseconds: number, body: unknown): Promise<void> {
    return this.#from(async (response) => {
      await this.#pass(milliseconds);
      response.end(body instanceof Uint8Array ? body : JSON.stringify(body));
    });
  }

  /** Begins to answer, goes no further, and lets so much time pass. */
  hang(milliseconds: number, begin: (response: ServerResponse) => void = () => {}): Promise<void> {
    return this.#from(async (response) => {
      begin(response);
      await this.#pass(milliseconds);
    });
  }

  /** Is not there: connections are refused. */
  async down(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #from(respond: (response: ServerResponse) => void): Promise<void> {
    this.#respond = respond;
    if (!this.#server.listening) await this.#listen();
  }

  async #listen(): Promise<void> {
    await once(this.#server.listen(this.#port, '127.0.0.1'), 'listening');
    const address = this.#server.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
  }

  #take: RequestListener = ({ headers, url = '/' }, response) => {
    this.asked.push({ url: new URL(String(headers['x-asked'] ?? url), this.address), headers });
    this.#respond(response);
  };

  #follow(socket: Socket): void {
    this.#workers.add(socket);
    socket.on('data', () => this.#onHeard());
    socket.on('close', () => this.#workers.delete(socket)).on('error', () => {});
  }

  /** Lets time pass for the workers, and waits until one that has a deadline has heard of it. */
  async #pass(milliseconds: number): Promise<void> {
    const heard = new Promise<void>((resolve) => {
      this.#onHeard = resolve;
    });
    for (const worker of this.#workers) worker.write(`${milliseconds}\n`);
    await heard;
  }

  async #close(): Promise<void> {
    this.#clock.close();
    for (const worker of this.#workers) worker.destroy();
    if (this.#server.listening) await this.down();
  }
}
