import { textFrame } from './batch.ts';
import type { Connection } from './connection.ts';
import { encodeData, frame, type Member, outgoing } from './protocol.ts';

/** A channel and its listeners. A person with several sockets is a single member. */
export class Channel {
  readonly name: string;
  readonly #listeners = new Map<Connection, Member | undefined>();
  /** The number of sockets of each person, with the member data of the first. */
  readonly #members = new Map<string, { member: Member; sockets: number }>();

  constructor(name: string) {
    this.name = name;
  }

  get isEmpty(): boolean {
    return this.#listeners.size === 0;
  }

  has(connection: Connection): boolean {
    return this.#listeners.has(connection);
  }

  /** The member that a socket belongs to. Undefined on private channels. */
  memberOf(connection: Connection): Member | undefined {
    return this.#listeners.get(connection);
  }

  /** Adds a socket and confirms it. The others are notified if the person was not here before. */
  join(connection: Connection, member?: Member): void {
    if (!this.has(connection)) {
      if (member !== undefined) this.#arrive(member);
      this.#listeners.set(connection, member);
    }
    const presence = member && { presence: this.#presence() };
    connection.send(outgoing('pusher_internal:subscription_succeeded', presence ?? {}, this.name));
  }

  /** Removes a socket. The others are notified if it was the person's last one. */
  leave(connection: Connection): void {
    const member = this.#listeners.get(connection);
    if (!this.#listeners.delete(connection) || member === undefined) return;
    const present = this.#members.get(member.userId);
    if (present === undefined || --present.sockets > 0) return;
    this.#members.delete(member.userId);
    this.broadcast('pusher_internal:member_removed', encodeData({ user_id: member.userId }));
  }

  /** The sockets of a person, or of everybody. */
  socketsOf(userId?: string): Connection[] {
    return [...this.#listeners].flatMap(([connection, member]) =>
      userId === undefined || member?.userId === userId ? [connection] : [],
    );
  }

  /** Sends an event to everybody here. */
  broadcast(event: string, encoded: string): void {
    this.send(frame(event, encoded, this.name));
  }

  /** Sends a message to everybody here, optionally except one socket. */
  send(message: string, except?: Connection): void {
    const bytes = textFrame(message);
    for (const connection of this.#listeners.keys()) {
      if (connection !== except) connection.sendFrame(bytes);
    }
  }

  #arrive(member: Member): void {
    const present = this.#members.get(member.userId);
    if (present !== undefined) {
      present.sockets += 1;
      return;
    }
    const { userId, info } = member;
    this.broadcast('pusher_internal:member_added', encodeData({ user_id: userId, user_info: info }));
    this.#members.set(userId, { member, sockets: 1 });
  }

  #presence() {
    const ids = [...this.#members.keys()];
    const hash = Object.fromEntries([...this.#members].map(([id, { member }]) => [id, member.info]));
    return { ids, hash, count: ids.length };
  }
}
