import { z } from 'zod';
import { parseExactJson } from '../../base/exact-json.ts';

/** The supported versions of the Pusher protocol. They differ in nothing that is used here. */
export const protocolVersions: readonly string[] = ['5', '6', '7'];

/** Why something is rejected, with the code of the protocol. */
export interface ProtocolError {
  code: number;
  message: string;
}

/**
 * Why sockets are closed and messages rejected. After codes 4000–4099 a client gives up. After 4100–4199 it
 * reconnects later, after 4200–4299 at once. From 4300 on a message was rejected, and the socket stays open.
 */
export const protocolErrors = {
  unknownKey: { code: 4001, message: 'There is no app with this key.' },
  unknownVersion: {
    code: 4007,
    message: `This server supports the versions ${protocolVersions.join(', ')}.`,
  },
  noVersion: { code: 4008, message: 'The address does not name a version of the protocol.' },
  badSignature: { code: 4009, message: 'The signature is not valid for this socket and channel.' },
  notAdmitted: { code: 4009, message: 'Not authorized to listen to this channel.' },
  badChannel: { code: 4009, message: 'There are only private and presence channels.' },
  revoked: { code: 4009, message: 'The access of this connection was revoked.' },
  full: { code: 4100, message: 'There are too many connections. Try again later.' },
  tooManySockets: { code: 4100, message: 'This person has too many connections. Close one and try again.' },
  tooManyChannels: { code: 4100, message: 'This connection listens to too many channels.' },
  failed: { code: 4200, message: 'Internal error. Connect again.' },
  malformed: { code: 4200, message: 'The message does not follow the protocol.' },
  closing: { code: 4200, message: 'The server is closing. Connect again.' },
  silent: { code: 4201, message: 'A ping was not answered.' },
  notMember: { code: 4301, message: 'Client events need a private or presence channel that was subscribed.' },
  tooLarge: { code: 4301, message: 'The name or the data of this client event is too large.' },
  tooDeep: { code: 4301, message: 'The data of this client event is nested too deeply.' },
  tooManySubscriptions: {
    code: 4301,
    message: 'There were too many subscriptions of this person in a minute.',
  },
  tooFast: { code: 4301, message: 'There were too many client events of this person in a second.' },
} as const satisfies Record<string, ProtocolError>;

const incoming = z.object({
  event: z.string().min(1),
  channel: z.string().optional(),
  data: z.unknown().optional(),
});

/** A message from a client. */
export type Incoming = z.output<typeof incoming>;

const subscription = z.object({
  channel: z.string(),
  auth: z.string().optional(),
  channel_data: z.string().optional(),
});

/** The data of `pusher:subscribe`. */
export type Subscription = z.output<typeof subscription>;

/** Libraries of the protocol send ids as texts or as numbers. */
const memberId = z.union([z.string().min(1), z.number()]).transform(String);
const memberData = z.object({ user_id: memberId, user_info: z.unknown().optional() });

/** A person on a presence channel. */
export interface Member {
  userId: string;
  info: unknown;
}

/** Parses a message from a client. Returns undefined if it is invalid. */
export const readIncoming = (text: string): Incoming | undefined => incoming.safeParse(parsed(text)).data;

/** Parses the data of `pusher:subscribe` and `pusher:unsubscribe`. Some clients send it as JSON text. */
export const readSubscription = (data: unknown): Subscription | undefined =>
  subscription.safeParse(typeof data === 'string' ? parsed(data) : data).data;

/** Parses a member of a presence channel, from data whose signature was checked. */
export function readMember(channelData: string | undefined): Member | undefined {
  const data = memberData.safeParse(parsed(channelData ?? '')).data;
  return data && { userId: data.user_id, info: data.user_info ?? null };
}

/** Whether this channel can be requested at all. All channels require a signature. */
export const isChannelName = (name: string): boolean =>
  /^(private|presence)-[-\w=@,.;]{1,180}$/.test(name) && !name.startsWith('private-encrypted-');

export const isPresence = (channel: string): boolean => channel.startsWith('presence-');

/** A message from the server. The protocol requires `data` as JSON text inside the JSON. */
export const outgoing = (event: string, data: unknown, channel?: string): string =>
  frame(event, encodeData(data), channel);

/** Encodes the data of a message, once for all channels that receive it. */
export const encodeData = (data: unknown): string => JSON.stringify(JSON.stringify(data));

/** A message whose data is already encoded. */
export function frame(event: string, encoded: string, channel?: string): string {
  const where = channel === undefined ? '' : `,"channel":${JSON.stringify(channel)}`;
  return `{"event":${JSON.stringify(event)}${where},"data":${encoded}}`;
}

/** A message that reports an error to a client. */
export const errorMessage = ({ code, message }: ProtocolError): string =>
  JSON.stringify({ event: 'pusher:error', data: { code, message } });

function parsed(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}
