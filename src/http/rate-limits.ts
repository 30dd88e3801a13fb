import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../base/clock.ts';
import { failure } from '../base/errors.ts';
import type { Services } from '../services/context.ts';

/** What is limited besides all requests together. */
export type Limit = 'message' | 'attachment';

/** What a limit says of one more request. */
export interface Verdict {
  limit: number;
  remaining: number;
  /** Seconds until the next is welcome; null while there are some left. */
  retryAfter: number | null;
}

interface Count {
  used: number;
  /** When counting begins anew, in milliseconds. */
  until: number;
}

const minute = 60_000;

/** Counts requests by who sends them, a minute at a time that begins with the first. */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #counts = new Map<string, Count>();
  #sweptAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts one more request; null where nothing is limited. */
  count(key: string, limit: number): Verdict | null {
    if (limit === 0) return null;
    const now = this.#clock.milliseconds();
    this.#sweep(now);
    const known = this.#counts.get(key);
    const count = known && known.until > now ? known : { used: 0, until: now + minute };
    this.#counts.set(key, count);
    if (count.used >= limit)
      return { limit, remaining: 0, retryAfter: Math.ceil((count.until - now) / 1000) };
    count.used++;
    return { limit, remaining: limit - count.used, retryAfter: null };
  }

  /** Forgets whoever has not come back for a minute. */
  #sweep(now: number): void {
    if (now - this.#sweptAt < minute) return;
    this.#sweptAt = now;
    for (const [key, { until }] of this.#counts) if (until <= now) this.#counts.delete(key);
  }
}

/**
 * Tells a client how much is left, and refuses it when nothing is.
 *
 * @throws TOO_MANY_ATTEMPTS
 */
export function limit(reply: FastifyReply, all: readonly Verdict[]): void {
  const [tightest] = [...all].sort((one, other) => one.remaining - other.remaining);
  if (tightest === undefined) return;
  reply.header('x-ratelimit-limit', tightest.limit).header('x-ratelimit-remaining', tightest.remaining);
  const refused = all.find(({ retryAfter }) => retryAfter !== null);
  if (refused === undefined) return;
  reply.header('x-ratelimit-limit', refused.limit).header('retry-after', refused.retryAfter);
  throw failure('TOO_MANY_ATTEMPTS');
}

/** For routes that are no part of the API's description. */
export const hiddenFromDocumentation = { schema: { hide: true } };

/** Limits what anybody may ask for without a login, by the address it comes from. */
export type AddressLimit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/** The limit of pictures, files and the documentation, which need no login. */
export function limitAddresses({ clock, settings }: Pick<Services, 'clock' | 'settings'>): AddressLimit {
  const limiter = new RateLimiter(clock);
  return async (request, reply) => {
    const verdict = limiter.count(request.ip, settings.http.rateLimits.assets);
    if (verdict !== null) limit(reply, [verdict]);
  };
}
