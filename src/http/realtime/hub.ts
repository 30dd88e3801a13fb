import { Groups } from '../../base/groups.ts';
import { Channel } from './channel.ts';
import type { Connection, Grant } from './connection.ts';
import { frame, type Member, type ProtocolError, protocolErrors } from './protocol.ts';

/** All connected sockets, and the channels they listen to. */
export class Hub {
  readonly #connections = new Map<string, Connection>();
  readonly #channels = new Map<string, Channel>();
  readonly #byPerson = new Groups<string, Connection>();
  /** Sockets without a login, by address. */
  readonly #anonymous = new Groups<string, Connection>();
  readonly #socketsOfPerson: number;
  #expulsions = 0;

  /** @param socketsOfPerson maximum number of sockets per person */
  constructor(socketsOfPerson: number) {
    this.#socketsOfPerson = socketsOfPerson;
  }

  /** The number of connected sockets. */
  get size(): number {
    return this.#connections.size;
  }

  /** Grows with every removal from a channel. Earlier answers about who may listen are then out of date. */
  get expulsions(): number {
    return this.#expulsions;
  }

  connections(): Iterable<Connection> {
    return this.#connections.values();
  }

  add(connection: Connection): void {
    this.#connections.set(connection.id, connection);
    this.#anonymous.add(connection.address, connection);
  }

  /** The sockets of an address without a login, oldest first. */
  anonymousOf(address: string): ReadonlySet<Connection> {
    return this.#anonymous.of(address);
  }

  remove(connection: Connection): void {
    this.#connections.delete(connection.id);
    this.#anonymous.delete(connection.address, connection);
    for (const userId of connection.people) this.#byPerson.delete(userId, connection);
    for (const name of [...connection.channels]) this.leave(connection, name);
  }

  /** Adds a socket to a channel. The socket may already be gone. */
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

  /** The channel with this name, if the socket listens to it. */
  channelOf(connection: Connection, name: string): Channel | undefined {
    const channel = this.#channels.get(name);
    return channel?.has(connection) ? channel : undefined;
  }

  /** Whether anybody listens to one of these channels. */
  hasListeners(names: readonly string[]): boolean {
    return names.some((name) => this.#channels.has(name));
  }

  /** Sends an event, whose data is JSON, to all sockets on some channels. */
  publish(names: readonly string[], event: string, json: string): void {
    if (!this.hasListeners(names)) return;
    const encoded = JSON.stringify(json);
    for (const name of names) this.#channels.get(name)?.send(frame(event, encoded, name));
  }

  /** Removes a person, or everybody, from a presence channel, with all their sockets. */
  expel(name: string, userId?: string): void {
    this.#expulsions += 1;
    for (const connection of this.#channels.get(name)?.socketsOf(userId) ?? []) this.leave(connection, name);
  }

  /**
   * Records a person's permission for a socket to listen to a channel. The socket may already be gone.
   *
   * @returns false if the person has too many sockets
   */
  grant(socketId: string, grant: Grant): boolean {
    const connection = this.#connections.get(socketId);
    if (connection === undefined) return true;
    const own = this.#byPerson.of(grant.userId);
    if (!own.has(connection) && own.size >= this.#socketsOfPerson) {
      if (connection.people.size === 0) connection.close(protocolErrors.tooManySockets);
      return false;
    }
    connection.grant(grant);
    this.#byPerson.add(grant.userId, connection);
    this.#anonymous.delete(connection.address, connection);
    return true;
  }

  /** The credentials that allowed sockets to listen. */
  credentials(): Set<string> {
    return new Set([...this.connections()].flatMap(({ credentials }) => credentials));
  }

  /** Ends every subscription that a credential allowed, and closes sockets that have no other credential. */
  revoke(credential: string, error: ProtocolError): void {
    this.#expulsions += 1;
    for (const connection of this.connections()) {
      const before = connection.people;
      const lost = connection.revoke(credential);
      for (const userId of before) {
        if (!connection.people.has(userId)) this.#byPerson.delete(userId, connection);
      }
      for (const name of lost) {
        this.leave(connection, name);
        connection.rejectSubscription(name, error);
      }
      if (lost.size > 0 && connection.people.size === 0) connection.close(error);
    }
  }
}
