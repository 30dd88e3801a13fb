import type { AppKey } from '../../domain/app-key.ts';
import { isTooDeep } from '../../domain/depth.ts';
import type { createClientEventWriter } from '../escape.ts';
import type { RateLimiter } from '../rate-limits.ts';
import { isSigned } from './app-key.ts';
import { personOf } from './audience.ts';
import type { Channel } from './channel.ts';
import type { Connection } from './connection.ts';
import type { Hub } from './hub.ts';
import {
  type Incoming,
  isChannelName,
  isPresence,
  outgoing,
  type ProtocolError,
  protocolErrors,
  readIncoming,
  readMember,
  readSubscription,
  type Subscription,
} from './protocol.ts';

/** The limits of a client. */
export interface ClientLimits {
  /** Channels a socket may listen to. */
  channels: number;
  /** Subscriptions per person and minute, over all sockets, including ended ones. 0 means no limit. */
  subscriptions: number;
  /** Client events per person and second, over all sockets. */
  clientEvents: number;
  /** Maximum size of a client event's data, in bytes. */
  clientEventData: number;
}

/** The maximum length of a client event's name, as in the original protocol. */
const maxEventName = 200;

/** What a conversation needs. */
export interface ConversationContext {
  hub: Hub;
  app: AppKey;
  limits: ClientLimits;
  /** Counts the client events of each person. */
  clientEvents: RateLimiter;
  /** Counts the subscriptions of each person. */
  subscriptions: RateLimiter;
  /** Whether a socket may listen to a channel as this person now, regardless of earlier signatures. */
  admits(connection: Connection, channel: string, userId: string): Promise<boolean>;
  /** Called with internal errors. */
  onError(error: unknown): void;
  /** Serializes client events for other clients. */
  forward: ReturnType<typeof createClientEventWriter>;
}

/** Handles the messages of a client in order. Each waits until the one before it is done. */
export class Conversation {
  readonly #context: ConversationContext;
  readonly #connection: Connection;
  #turn: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(context: ConversationContext, connection: Connection) {
    this.#context = context;
    this.#connection = connection;
  }

  /** Handles a message, and reads no further until it is done. Never rejects. */
  receive(text: string): Promise<void> {
    this.#connection.pause();
    this.#waiting += 1;
    this.#turn = this.#turn
      .then(() => this.#answer(text))
      .catch((error) => {
        this.#context.onError(error);
        this.#connection.sendError(protocolErrors.failed);
      })
      .finally(() => {
        this.#waiting -= 1;
        if (this.#waiting === 0) this.#connection.resume();
      });
    return this.#turn;
  }

  async #answer(text: string): Promise<void> {
    const message = readIncoming(text);
    if (message === undefined) return this.#connection.sendError(protocolErrors.malformed);
    if (message.event.startsWith('client-')) return this.#clientEvent(message);
    await this.#commands.get(message.event)?.(message);
  }

  readonly #commands = new Map<string, (message: Incoming) => unknown>([
    ['pusher:ping', () => this.#connection.send(outgoing('pusher:pong', {}))],
    ['pusher:subscribe', ({ data }) => this.#subscribe(readSubscription(data))],
    ['pusher:unsubscribe', ({ data }) => this.#unsubscribe(readSubscription(data))],
  ]);

  async #subscribe(subscription: Subscription | undefined): Promise<void> {
    if (subscription === undefined) return this.#connection.sendError(protocolErrors.malformed);
    const { hub } = this.#context;
    const { channel, channel_data } = subscription;
    const error = await this.#errorOf(subscription);
    if (error !== undefined) return this.#connection.rejectSubscription(channel, error);
    hub.join(this.#connection, channel, isPresence(channel) ? readMember(channel_data) : undefined);
  }

  async #errorOf({ channel, auth = '', channel_data }: Subscription): Promise<ProtocolError | undefined> {
    const { app, limits, subscriptions } = this.#context;
    const { channels, id } = this.#connection;
    if (!isChannelName(channel)) return protocolErrors.badChannel;
    if (!channels.has(channel) && channels.size >= limits.channels) return protocolErrors.tooManyChannels;
    if (!isSigned(app, auth, id, channel, channel_data)) return protocolErrors.badSignature;
    const userId = isPresence(channel) ? readMember(channel_data)?.userId : (personOf(channel) ?? '');
    if (userId === undefined) return protocolErrors.malformed;
    const verdict = subscriptions.count(userId, limits.subscriptions);
    if (verdict?.retryAfter != null) return protocolErrors.tooManySubscriptions;
    return (await this.#isAdmitted(channel, userId)) ? undefined : protocolErrors.notAdmitted;
  }

  /** Checks again if somebody was removed from a channel meanwhile: it may have been this person. */
  async #isAdmitted(channel: string, userId: string): Promise<boolean> {
    const { hub, admits } = this.#context;
    const before = hub.expulsions;
    const admitted = await admits(this.#connection, channel, userId);
    return hub.expulsions === before ? admitted : this.#isAdmitted(channel, userId);
  }

  #unsubscribe(subscription: Subscription | undefined): void {
    if (subscription === undefined) this.#connection.sendError(protocolErrors.malformed);
    else this.#context.hub.leave(this.#connection, subscription.channel);
  }

  /** Passes a client event on to everybody else on its channel. */
  #clientEvent(message: Incoming): void {
    const channel = this.#context.hub.channelOf(this.#connection, message.channel ?? '');
    const error = channel === undefined ? protocolErrors.notMember : this.#eventError(message, channel);
    if (error !== undefined) this.#connection.sendError(error);
    else {
      const { event, channel: name, data } = message;
      const user_id = channel?.memberOf(this.#connection)?.userId;
      channel?.send(this.#context.forward({ event, channel: name, data, user_id }), this.#connection);
    }
  }

  #eventError({ event, data }: Incoming, channel: Channel): ProtocolError | undefined {
    if (isTooDeep(data)) return protocolErrors.tooDeep;
    const size = Buffer.byteLength(JSON.stringify(data ?? null));
    if (event.length > maxEventName || size > this.#context.limits.clientEventData)
      return protocolErrors.tooLarge;
    const { clientEvents, limits } = this.#context;
    const person = channel.memberOf(this.#connection)?.userId ?? personOf(channel.name);
    const verdict = clientEvents.count(person ?? this.#connection.id, limits.clientEvents);
    return verdict?.retryAfter == null ? undefined : protocolErrors.tooFast;
  }
}
