import { randomInt } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { errorMessage, outgoing, type Refusal, refusals } from './protocol.ts';

/** How much may wait to be sent to a client before it counts as too slow, in bytes. */
const maxWaiting = 1_048_576;

/** The client that a socket leads to. */
export class Connection {
  /** Names the socket in signatures: nobody can guess the one of somebody else. */
  readonly id = `${randomInt(2 ** 40)}.${randomInt(2 ** 40)}`;
  /** The channels it listens to. */
  readonly channels = new Set<string>();
  /** By what it was allowed to listen: it is cut when that is withdrawn. */
  credential: string | undefined;
  readonly #socket: WebSocket;
  readonly #raw: Duplex;
  /** When the last message came, in the clock's milliseconds. */
  #heard = 0;
  /** When it was asked whether it is there, if it has not answered. */
  #asked: number | undefined;

  /** @param raw the stream below the socket */
  constructor(socket: WebSocket, raw: Duplex) {
    this.#socket = socket;
    this.#raw = raw;
  }

  /** Sends a message. A client too slow to take it is cut: what waits for it would grow without end. */
  send(message: string | Buffer): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > maxWaiting) this.#socket.terminate();
    else this.#socket.send(message, { binary: false });
  }

  /** Tells the client that something was refused; it stays connected. */
  refuse(refusal: Refusal): void {
    this.send(errorMessage(refusal));
  }

  /** Tells the client why, and lets it go without waiting for its answer: it may be gone long since. */
  close(refusal: Refusal): void {
    const isBehind = this.#socket.bufferedAmount > 0;
    this.refuse(refusal);
    this.#socket.close(refusal.code, refusal.message);
    if (isBehind) this.#socket.terminate();
    else this.#raw.end(() => this.#raw.destroy());
  }

  /** Remembers that the client is there. */
  heard(now: number): void {
    this.#heard = now;
    this.#asked = undefined;
  }

  /**
   * Asks a client that has been silent whether it is there, and lets one go that does not answer.
   *
   * @param silence after how many milliseconds it is asked
   * @param patience how many milliseconds it then has
   */
  check(now: number, silence: number, patience: number): void {
    if (this.#asked !== undefined) {
      if (now - this.#asked >= patience) this.close(refusals.silent);
    } else if (now - this.#heard >= silence) {
      this.#asked = now;
      this.send(outgoing('pusher:ping', {}));
    }
  }

  /** Hears no more until {@link resume}: what the client sends waits on its side. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }
}
