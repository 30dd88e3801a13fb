import { Channel } from './channel.ts';
import type { Connection } from './connection.ts';
import { encodeData, frame, type Member, type Refusal } from './protocol.ts';

/** Everybody who is connected, and the channels they listen to. */
export class Hub {
  readonly #connections = new Map<string, Connection>();
  readonly #channels = new Map<string, Channel>();
  #expulsions = 0;

  /** How many are connected. */
  get size(): number {
    return this.#connections.size;
  }

  /** Grows with every person taken off a channel: what was known of who may listen is out of date then. */
  get expulsions(): number {
    return this.#expulsions;
  }

  connections(): Iterable<Connection> {
    return this.#connections.values();
  }

  add(connection: Connection): void {
    this.#connections.set(connection.id, connection);
  }

  remove(connection: Connection): void {
    this.#connections.delete(connection.id);
    for (const name of [...connection.channels]) this.leave(connection, name);
  }

  /** Lets a socket listen to a channel, also one that is gone in the meantime. */
  join(connection: Connection, name: string, member?: Member): void {
    if (!this.#connections.has(connection.id)) return;
    const channel = this.#channels.get(name) ?? new Channel(name);
    this.#channels.set(name, channel);
    connection.channels.add(name);
    channel.join(connection, member);
  }

  leave(connection: Connection, name: string): void {
    const channel = this.#channels.get(name);
    if (channel === undefined) return;
    connection.channels.delete(name);
    channel.leave(connection);
    if (channel.isEmpty) this.#channels.delete(name);
  }

  /** The channel of a name, if this socket listens to it. */
  channelOf(connection: Connection, name: string): Channel | undefined {
    const channel = this.#channels.get(name);
    return channel?.has(connection) ? channel : undefined;
  }

  /** Whether anybody listens to one of these channels. */
  isHeard(names: readonly string[]): boolean {
    return names.some((name) => this.#channels.has(name));
  }

  /** Sends an event to everybody on some channels. The data is encoded once. */
  publish(names: readonly string[], event: string, data: unknown): void {
    if (!this.isHeard(names)) return;
    const encoded = encodeData(data);
    for (const name of names) this.#channels.get(name)?.send(frame(event, encoded, name));
  }

  /** Takes a person, or everybody, off a presence channel, with all their sockets. */
  expel(name: string, userId?: string): void {
    this.#expulsions += 1;
    for (const connection of this.#channels.get(name)?.socketsOf(userId) ?? []) this.leave(connection, name);
  }

  /** Notes by what a socket was allowed to listen. */
  identify(socketId: string, credential: string | undefined): void {
    const connection = this.#connections.get(socketId);
    if (connection) connection.credential = credential;
  }

  /** By what sockets were allowed to listen. */
  credentials(): Set<string> {
    return new Set([...this.connections()].flatMap(({ credential }) => credential ?? []));
  }

  /** Cuts the sockets that were allowed to listen by a credential. */
  disconnect(credential: string, refusal: Refusal): void {
    for (const connection of this.connections()) {
      if (connection.credential === credential) connection.close(refusal);
    }
  }
}
