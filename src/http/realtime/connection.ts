import { randomInt } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { closeSoon } from '../closing.ts';
import { errorMessage, outgoing, type Refusal, refusals } from './protocol.ts';

/** How much may wait to be sent to a client before it counts as too slow, in bytes. */
const maxWaiting = 1_048_576;

/** How many permissions to listen are remembered, used or not: many times what a socket may listen to. */
const maxGrants = 1_000;

/** A permission to listen: whose, to what, and by which token; undefined for another login. */
export interface Grant {
  channel: string;
  userId: string;
  credential: string | undefined;
}

/** The client that a socket leads to. */
export class Connection {
  /** Names the socket in signatures: nobody can guess the one of somebody else. */
  readonly id = `${randomInt(2 ** 40)}.${randomInt(2 ** 40)}`;
  /** The channels it listens to. */
  readonly channels = new Set<string>();
  /** Where it comes from. */
  readonly address: string;
  /** All by which it was allowed to listen: whoever asks later takes nothing from those who asked before. */
  #grants: Grant[] = [];
  /** Also those whose permissions are no longer remembered. */
  #people = new Set<string>();
  readonly #socket: WebSocket;
  readonly #raw: Duplex;
  /** When the last message came, in the clock's milliseconds. */
  #heard = 0;
  /** When it was asked whether it is there, if it has not answered. */
  #asked: number | undefined;

  /** @param raw the stream below the socket */
  constructor(socket: WebSocket, raw: Duplex, address: string) {
    this.#socket = socket;
    this.#raw = raw;
    this.address = address;
  }

  /** The people who are logged in on it. */
  get people(): ReadonlySet<string> {
    return this.#people;
  }

  /** The tokens by which it was allowed to listen. */
  get credentials(): string[] {
    return this.#grants.flatMap(({ credential }) => credential ?? []);
  }

  isGranted(channel: string, userId: string): boolean {
    return this.#grants.some((grant) => grant.channel === channel && grant.userId === userId);
  }

  grant({ channel, userId, credential }: Grant): void {
    const isSame = (one: Grant) =>
      one.channel === channel && one.userId === userId && one.credential === credential;
    if (this.#grants.some(isSame)) return;
    const unused = this.#grants.findIndex((one) => !this.channels.has(one.channel));
    if (this.#grants.length >= maxGrants) this.#grants.splice(unused, 1);
    this.#grants.push({ channel, userId, credential });
    this.#people.add(userId);
  }

  /** Takes back what a credential allowed, and returns the channels. */
  revoke(credential: string): Set<string> {
    const lost = this.#grants.filter((grant) => grant.credential === credential);
    this.#grants = this.#grants.filter((grant) => grant.credential !== credential);
    this.#people = new Set(this.#grants.map(({ userId }) => userId));
    return new Set(lost.map(({ channel }) => channel));
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

  /** Twice: as the protocol tells of errors, and as the channel's own event, which clients' libraries hand on. */
  refuseChannel(channel: string, refusal: Refusal): void {
    const data = { type: 'AuthError', error: refusal.message, status: 401 };
    this.refuse(refusal);
    this.send(outgoing('pusher:subscription_error', data, channel));
  }

  /** Tells the client why, and lets it go without waiting for its answer: it may be gone long since. */
  close(refusal: Refusal): void {
    const isBehind = this.#socket.bufferedAmount > 0;
    this.refuse(refusal);
    this.#socket.close(refusal.code, refusal.message);
    if (isBehind) this.#socket.terminate();
    else {
      this.#raw.once('finish', () => this.#raw.destroy());
      closeSoon(this.#raw);
    }
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
