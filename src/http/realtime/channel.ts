import type { Connection } from './connection.ts';
import { encodeData, frame, type Member, outgoing } from './protocol.ts';

/** A channel and everybody who listens to it. A person with several sockets is one member. */
export class Channel {
  readonly name: string;
  readonly #listeners = new Map<Connection, Member | undefined>();
  /** How many sockets each person has here, with the data of the first. */
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

  /** Who a socket is on this channel; undefined on private channels. */
  memberOf(connection: Connection): Member | undefined {
    return this.#listeners.get(connection);
  }

  /** Lets a socket listen and tells it so; the others hear of a person who was not here before. */
  join(connection: Connection, member?: Member): void {
    if (!this.has(connection)) {
      if (member !== undefined) this.#arrive(member);
      this.#listeners.set(connection, member);
    }
    const presence = member && { presence: this.#presence() };
    connection.send(outgoing('pusher_internal:subscription_succeeded', presence ?? {}, this.name));
  }

  /** Lets a socket listen no more; the others hear of a person whose last socket it was. */
  leave(connection: Connection): void {
    const member = this.#listeners.get(connection);
    if (!this.#listeners.delete(connection) || member === undefined) return;
    const present = this.#members.get(member.userId);
    if (present === undefined || --present.sockets > 0) return;
    this.#members.delete(member.userId);
    this.tell('pusher_internal:member_removed', encodeData({ user_id: member.userId }));
  }

  /** The sockets of a person, or of everybody. */
  socketsOf(userId?: string): Connection[] {
    return [...this.#listeners].flatMap(([connection, member]) =>
      userId === undefined || member?.userId === userId ? [connection] : [],
    );
  }

  /** Sends an event to everybody here. */
  tell(event: string, encoded: string): void {
    this.send(frame(event, encoded, this.name));
  }

  /** Sends a message to everybody here but, where given, one. */
  send(message: string, except?: Connection): void {
    const bytes = Buffer.from(message);
    for (const connection of this.#listeners.keys()) {
      if (connection !== except) connection.send(bytes);
    }
  }

  #arrive(member: Member): void {
    const present = this.#members.get(member.userId);
    if (present !== undefined) {
      present.sockets += 1;
      return;
    }
    const { userId, info } = member;
    this.tell('pusher_internal:member_added', encodeData({ user_id: userId, user_info: info }));
    this.#members.set(userId, { member, sockets: 1 });
  }

  #presence() {
    const ids = [...this.#members.keys()];
    const hash = Object.fromEntries([...this.#members].map(([id, { member }]) => [id, member.info]));
    return { ids, hash, count: ids.length };
  }
}
