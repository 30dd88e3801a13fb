import type { Clock } from '../../base/clock.ts';
import type { AppKey } from '../../domain/app-key.ts';
import { isSigned } from './app-key.ts';
import type { Connection } from './connection.ts';
import type { Hub } from './hub.ts';
import {
  type Incoming,
  isChannelName,
  isPresence,
  outgoing,
  type Refusal,
  readIncoming,
  readMember,
  readSubscription,
  refusals,
  type Subscription,
} from './protocol.ts';
import { RateLimit } from './rate-limit.ts';

/** How much one client may do. */
export interface ClientLimits {
  /** Channels a socket may listen to. */
  channels: number;
  /** Client events a socket may send in a second. */
  clientEvents: number;
  /** Bytes of a client event's data. */
  clientEventData: number;
}

/** The longest name of a client event, as in the original protocol. */
const maxEventName = 200;

/** What a conversation needs. */
export interface ConversationContext {
  hub: Hub;
  app: AppKey;
  clock: Clock;
  limits: ClientLimits;
  /** Whether a person may listen to a presence channel now, whatever was signed before. */
  admits(channel: string, userId: string): Promise<boolean>;
  /** Told of what went wrong inside. */
  onError(error: unknown): void;
}

/** What is said with one client, in its order: what comes while something is looked up waits for it. */
export class Conversation {
  readonly #context: ConversationContext;
  readonly #connection: Connection;
  readonly #clientEvents: RateLimit;
  #turn: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(context: ConversationContext, connection: Connection) {
    this.#context = context;
    this.#connection = connection;
    this.#clientEvents = new RateLimit(context.clock, context.limits.clientEvents, 1_000);
  }

  /** Takes a message, and no more of the client until it was dealt with. Never rejects. */
  receive(text: string): Promise<void> {
    this.#connection.pause();
    this.#waiting += 1;
    this.#turn = this.#turn
      .then(() => this.#answer(text))
      .catch((error) => {
        this.#context.onError(error);
        this.#connection.refuse(refusals.failed);
      })
      .finally(() => {
        this.#waiting -= 1;
        if (this.#waiting === 0) this.#connection.resume();
      });
    return this.#turn;
  }

  async #answer(text: string): Promise<void> {
    const message = readIncoming(text);
    if (message === undefined) return this.#connection.refuse(refusals.malformed);
    if (message.event.startsWith('client-')) return this.#clientEvent(message);
    await this.#commands.get(message.event)?.(message);
  }

  readonly #commands = new Map<string, (message: Incoming) => unknown>([
    ['pusher:ping', () => this.#connection.send(outgoing('pusher:pong', {}))],
    ['pusher:subscribe', ({ data }) => this.#subscribe(readSubscription(data))],
    ['pusher:unsubscribe', ({ data }) => this.#unsubscribe(readSubscription(data))],
  ]);

  async #subscribe(subscription: Subscription | undefined): Promise<void> {
    if (subscription === undefined) return this.#connection.refuse(refusals.malformed);
    const { hub } = this.#context;
    const { channel, channel_data } = subscription;
    const refusal = await this.#reasonAgainst(subscription);
    if (refusal !== undefined) return this.#refuseSubscription(channel, refusal);
    hub.join(this.#connection, channel, isPresence(channel) ? readMember(channel_data) : undefined);
  }

  async #reasonAgainst({ channel, auth = '', channel_data }: Subscription): Promise<Refusal | undefined> {
    const { app, limits } = this.#context;
    const { channels, id } = this.#connection;
    if (!isChannelName(channel)) return refusals.badChannel;
    if (!channels.has(channel) && channels.size >= limits.channels) return refusals.tooManyChannels;
    if (!isSigned(app, auth, id, channel, channel_data)) return refusals.badSignature;
    if (!isPresence(channel)) return undefined;
    const member = readMember(channel_data);
    if (member === undefined) return refusals.malformed;
    return (await this.#isAdmitted(channel, member.userId)) ? undefined : refusals.notAdmitted;
  }

  /** Asks again when somebody was taken off a channel in the meantime: it may have been this one. */
  async #isAdmitted(channel: string, userId: string): Promise<boolean> {
    const { hub, admits } = this.#context;
    const before = hub.expulsions;
    const admitted = await admits(channel, userId);
    return hub.expulsions === before ? admitted : this.#isAdmitted(channel, userId);
  }

  /** Twice: as the protocol tells of errors, and as the channel's own event, which clients' libraries hand on. */
  #refuseSubscription(channel: string, refusal: Refusal): void {
    const data = { type: 'AuthError', error: refusal.message, status: 401 };
    this.#connection.refuse(refusal);
    this.#connection.send(outgoing('pusher:subscription_error', data, channel));
  }

  #unsubscribe(subscription: Subscription | undefined): void {
    if (subscription === undefined) this.#connection.refuse(refusals.malformed);
    else this.#context.hub.leave(this.#connection, subscription.channel);
  }

  /** Hands a client event on to everybody else on its channel, as it came. */
  #clientEvent(message: Incoming): void {
    const { event, channel: name = '', data } = message;
    const channel = this.#context.hub.channelOf(this.#connection, name);
    const refusal = channel === undefined ? refusals.notMember : this.#reasonAgainstEvent(message);
    if (refusal !== undefined) this.#connection.refuse(refusal);
    else {
      const user_id = channel?.memberOf(this.#connection)?.userId;
      channel?.send(JSON.stringify({ event, channel: name, data, user_id }), this.#connection);
    }
  }

  #reasonAgainstEvent({ event, data }: Incoming): Refusal | undefined {
    const size = Buffer.byteLength(JSON.stringify(data ?? null));
    if (event.length > maxEventName || size > this.#context.limits.clientEventData) return refusals.tooLarge;
    return this.#clientEvents.take() ? undefined : refusals.tooFast;
  }
}
