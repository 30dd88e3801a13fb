import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../base/clock.ts';
import { createError } from '../base/errors.ts';

/** What has a limit besides the one on all requests. */
export type Limit = 'message' | 'attachment';

/** The result of counting one more request. */
export interface Verdict {
  limit: number;
  remaining: number;
  /** Seconds until the next request is allowed. Null while some are left. */
  retryAfter: number | null;
}

interface Count {
  used: number;
  /** When the current window ends, in steady time. */
  until: number;
}

const minute = 60_000;

/** Counts requests by sender, in windows of time. A window begins with its first request. */
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

  /** Counts one more request. Returns null if there is no limit. */
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

  /** Forgets senders whose window has passed. */
  #sweep(now: number): void {
    if (now - this.#sweptAt < this.#window) return;
    this.#sweptAt = now;
    for (const [key, { until }] of this.#counts) if (until <= now) this.#counts.delete(key);
  }
}

/**
 * Reports to a client how many requests are left, and rejects the request if there are none.
 *
 * @throws TOO_MANY_ATTEMPTS
 */
export function limit(reply: FastifyReply, all: readonly Verdict[]): void {
  const [tightest] = [...all].sort((one, other) => one.remaining - other.remaining);
  if (tightest === undefined) return;
  reply.header('x-ratelimit-limit', tightest.limit).header('x-ratelimit-remaining', tightest.remaining);
  const exceeded = all.find(({ retryAfter }) => retryAfter !== null);
  if (exceeded === undefined) return;
  reply.header('x-ratelimit-limit', exceeded.limit).header('retry-after', exceeded.retryAfter);
  throw createError('TOO_MANY_ATTEMPTS');
}

/** For routes outside of the API's documentation. */
export const hiddenFromDocumentation = { schema: { hide: true } };

/** Limits by address what anybody may request without a login. */
export type AddressLimit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
