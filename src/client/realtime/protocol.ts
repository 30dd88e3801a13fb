/** An event of the Pusher protocol, version 7, with its data parsed. */
export interface PusherEvent {
  event: string;
  channel?: string;
  data: unknown;
}

/** Parses a received message. Its data is encoded twice. Returns undefined if the message is not an event. */
export function readEvent(text: string): PusherEvent | undefined {
  const frame = parsed(text);
  if (typeof frame !== 'object' || frame === null || !('event' in frame)) return undefined;
  const { event, channel, data }: { event: unknown; channel?: unknown; data?: unknown } = frame;
  if (typeof event !== 'string') return undefined;
  return {
    event,
    ...(typeof channel === 'string' && { channel }),
    data: typeof data === 'string' ? (parsed(data) ?? data) : data,
  };
}

/** The id of the connection, and the seconds of silence after which to check the connection. */
export function readEstablished(data: unknown): { socketId: string; timeout: number } {
  const fields: { socket_id?: unknown; activity_timeout?: unknown } =
    typeof data === 'object' && data !== null ? data : {};
  return { socketId: String(fields.socket_id), timeout: Number(fields.activity_timeout) || 120 };
}

export const writeEvent = (event: string, data: object, channel?: string): string =>
  JSON.stringify({ event, data, ...(channel !== undefined && { channel }) });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Who is in a presence channel, or who has come or gone, by their ids. */
export interface PresenceChange {
  kind: 'all' | 'joined' | 'left';
  ids: readonly string[];
}

/** What an event says about who is in a presence channel; undefined for other events. */
export function readPresence({ event, data }: PusherEvent): PresenceChange | undefined {
  const fields: { presence?: { ids?: unknown }; user_id?: unknown } =
    typeof data === 'object' && data !== null ? data : {};
  if (event === 'pusher_internal:subscription_succeeded') {
    const ids = fields.presence?.ids;
    return { kind: 'all', ids: Array.isArray(ids) ? ids.map(String) : [] };
  }
  if (event === 'pusher_internal:member_added') return { kind: 'joined', ids: [String(fields.user_id)] };
  if (event === 'pusher_internal:member_removed') return { kind: 'left', ids: [String(fields.user_id)] };
}
