import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { AtEnd } from './temporary-folder.ts';

/** A connection over which bytes are sent as they are, and which keeps its end open whatever the server does. */
export class RawConnection {
  /** The server's end of it. */
  readonly far: Socket;
  readonly #near: Socket;
  readonly #parts: Buffer[] = [];
  #wake = () => {};

  static async open(server: Server, atEnd: AtEnd): Promise<RawConnection> {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
    const near = connect({ port: address.port, host: '127.0.0.1', allowHalfOpen: true });
    near.on('error', () => {});
    atEnd(() => void near.destroy());
    const [[far]] = await Promise.all([once(server, 'connection'), once(near, 'connect')]);
    if (far.remotePort !== near.localPort) throw new Error('Somebody else connected meanwhile.');
    return new RawConnection(near, far);
  }

  /** So many connections, the oldest first. */
  static async openMany(count: number, server: Server, atEnd: AtEnd): Promise<RawConnection[]> {
    const all: RawConnection[] = [];
    while (all.length < count) all.push(await RawConnection.open(server, atEnd));
    return all;
  }

  private constructor(near: Socket, far: Socket) {
    this.#near = near;
    this.far = far;
    near.on('data', (part) => {
      this.#parts.push(part);
      this.#wake();
    });
    near.on('end', () => this.#wake());
    near.on('close', () => this.#wake());
  }

  /** What came back so far. */
  get received(): string {
    return Buffer.concat(this.#parts).toString();
  }

  /** Takes nothing more of what comes. */
  pause(): void {
    this.#near.pause();
  }

  /** Sends something, and goes on without waiting for it to be taken. */
  send(text: string | Buffer): this {
    this.#near.write(text);
    return this;
  }

  /** Resolves once something came back that fits. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.received)) {
      if (this.#near.readableEnded || this.#near.destroyed) throw new Error(`Ended with: ${this.received}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.received;
  }

  /** Resolves once the server has let go of the connection, with all that came back. */
  async gone(): Promise<string> {
    if (!this.far.destroyed) await once(this.far, 'close');
    if (!this.#near.readableEnded && !this.#near.destroyed && !this.#near.isPaused()) {
      await Promise.race([once(this.#near, 'end'), once(this.#near, 'close')]);
    }
    return this.received;
  }

  destroy(): void {
    this.#near.destroy();
  }
}

/** The head of a request. */
export const head = (line: string, headers: Record<string, string | number>): string =>
  `${line} HTTP/1.1\r\nHost: localhost\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;

/** A part of a multipart body with the boundary `x`. */
export const part = (name: string, value: string, file?: string): string =>
  `--x\r\nContent-Disposition: form-data; name="${name}"${file === undefined ? '' : `; filename="${file}"`}\r\n\r\n${value}\r\n`;

export const multipart = { 'content-type': 'multipart/form-data; boundary=x' };
