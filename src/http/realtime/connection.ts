import { randomInt } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { closeSoon } from '../closing.ts';
import { Batch, textFrame } from './batch.ts';
import { errorMessage, outgoing, type ProtocolError, protocolErrors } from './protocol.ts';

/** How many bytes may wait to be sent before a client counts as too slow. */
const maxWaiting = 1_048_576;

/** How many bytes wait for the end of a turn of the event loop. */
const maxBatch = 65_536;

const nothing = new Batch();

/** How many permissions to listen are kept, used or not: many times the channels of a socket. */
const maxGrants = 1_000;

/** A permission to listen: the person, the channel, and the token (undefined for other logins). */
export interface Grant {
  channel: string;
  userId: string;
  credential: string | undefined;
}

/** The client at the other end of a socket. */
export class Connection {
  /** Identifies the socket in signatures, and cannot be guessed. */
  readonly id = `${randomInt(2 ** 40)}.${randomInt(2 ** 40)}`;
  /** The channels it listens to. */
  readonly channels = new Set<string>();
  /** The address of the client. */
  readonly address: string;
  /** All permissions of the socket. A new permission does not revoke earlier ones. */
  #grants: Grant[] = [];
  /** Includes people whose permissions are no longer kept. */
  #people = new Set<string>();
  readonly #socket: WebSocket;
  readonly #raw: Duplex;
  /** What waits for the end of this turn of the event loop. */
  #batch = nothing;
  /** When the last message arrived, in steady time. */
  #lastMessageAt = 0;
  /** When the unanswered ping was sent, if there is one. */
  #pingSentAt: number | undefined;

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

  /** The tokens of its permissions. */
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

  /** Removes the permissions of a credential, and returns their channels. */
  revoke(credential: string): Set<string> {
    const lost = this.#grants.filter((grant) => grant.credential === credential);
    this.#grants = this.#grants.filter((grant) => grant.credential !== credential);
    this.#people = new Set(this.#grants.map(({ userId }) => userId));
    return new Set(lost.map(({ channel }) => channel));
  }

  /** Sends a message, together with what else is sent in this turn of the event loop. */
  send(message: string): void {
    this.sendFrame(textFrame(message));
  }

  /** Sends a message that is already a frame, perhaps to many sockets. */
  sendFrame(frame: Buffer): void {
    if (this.#batch === nothing) setImmediate(this.#flush);
    this.#batch = this.#batch.and(frame);
    if (this.#batch.size > maxBatch) this.#flush();
  }

  /**
   * Writes the batch below `ws`, which writes each of its own frames as a whole. A client that is too slow is
   * disconnected, since its backlog would grow without end.
   */
  readonly #flush = (): void => {
    const batch = this.#batch;
    this.#batch = nothing;
    if (batch === nothing || this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#raw.writableLength > maxWaiting) this.#socket.terminate();
    else this.#raw.write(batch.bytes());
  };

  /** Reports an error to the client, which stays connected. */
  sendError(error: ProtocolError): void {
    this.send(errorMessage(error));
  }

  /** Sends the error twice: as the protocol's error, and as an event of the channel, which libraries emit. */
  rejectSubscription(channel: string, error: ProtocolError): void {
    const data = { type: 'AuthError', error: error.message, status: 401 };
    this.sendError(error);
    this.send(outgoing('pusher:subscription_error', data, channel));
  }

  /** Closes the socket with a reason. It does not wait for an answer: the client may be long gone. */
  close(error: ProtocolError): void {
    this.#flush();
    const isBehind = this.#raw.writableLength > 0;
    this.sendError(error);
    this.#flush();
    this.#socket.close(error.code, error.message);
    if (isBehind) this.#socket.terminate();
    else {
      this.#raw.once('finish', () => this.#raw.destroy());
      closeSoon(this.#raw);
    }
  }

  /** Records that the client is alive. */
  touch(now: number): void {
    this.#lastMessageAt = now;
    this.#pingSentAt = undefined;
  }

  /**
   * Sends a ping to a client that has been silent, and disconnects it if it does not answer.
   *
   * @param silence milliseconds of silence before the ping
   * @param timeout milliseconds that the client has to answer
   */
  check(now: number, silence: number, timeout: number): void {
    if (this.#pingSentAt !== undefined) {
      if (now - this.#pingSentAt >= timeout) this.close(protocolErrors.silent);
    } else if (now - this.#lastMessageAt >= silence) {
      this.#pingSentAt = now;
      this.send(outgoing('pusher:ping', {}));
    }
  }

  /** Stops reading until {@link resume}. What the client sends waits on its side. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }
}
