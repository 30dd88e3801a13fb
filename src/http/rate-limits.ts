import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../base/clock.ts';
import { createError } from '../base/errors.ts';

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
  /** When counting begins anew, by the steady time. */
  until: number;
}

const minute = 60_000;

/** Counts requests by who sends them, a window of time after the other; each begins with its first request. */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #counts = new Map<string, Count>();
  readonly #window: number;
  #sweptAt = 0;

  /** @param window milliseconds */
  constructor(clock: Clock, window = minute) {
    this.#clock = clock;
    this.#window = window;
  }

  /** Counts one more request; null where nothing is limited. */
  count(key: string, limit: number): Verdict | null {
    if (limit === 0) return null;
    const now = this.#clock.steady();
    this.#sweep(now);
    const known = this.#counts.get(key);
    const count = known && known.until > now ? known : { used: 0, until: now + this.#window };
    this.#counts.set(key, count);
    if (count.used >= limit)
      return { limit, remaining: 0, retryAfter: Math.ceil((count.until - now) / 1000) };
    count.used++;
    return { limit, remaining: limit - count.used, retryAfter: null };
  }

  /** Forgets whoever has not come back. */
  #sweep(now: number): void {
    if (now - this.#sweptAt < this.#window) return;
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
  throw createError('TOO_MANY_ATTEMPTS');
}

/** For routes that are no part of the API's description. */
export const hiddenFromDocumentation = { schema: { hide: true } };

/** Limits what anybody may ask for without a login, by the address it comes from. */
export type AddressLimit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
