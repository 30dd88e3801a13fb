import type { FastifyReply, FastifyRequest } from 'fastify';
import { createError } from '../base/errors.ts';
import type { User } from '../domain/user.ts';
import { type HttpApp, pathIds } from './endpoint.ts';
import type { Login } from './login.ts';
import { type AddressLimit, type Limit, limit, RateLimiter } from './rate-limits.ts';

/** Identifies the sender of a request and limits their requests before any of the body is read. */
export class Admission {
  readonly #settings: HttpApp['settings'];
  readonly #limiter: RateLimiter;
  readonly #login: Login;
  /** The number of open requests, by sender. */
  readonly #open = new Map<string, number>();

  constructor({ settings, clock }: HttpApp, login: Login) {
    this.#settings = settings;
    this.#limiter = new RateLimiter(clock);
    this.#login = login;
  }

  /**
   * Returns the person who sends a request.
   *
   * @param kind the limit that applies besides the one on all requests
   * @throws UNAUTHENTICATED, TOO_MANY_ATTEMPTS, TOO_MANY_OPEN_REQUESTS
   */
  async admit(request: FastifyRequest, reply: FastifyReply, kind?: Limit): Promise<User> {
    const user = await this.#login(request.raw);
    if (user === undefined) {
      this.#admitAddress(request, reply, 'guest', this.#settings().http.rateLimits.api);
      return rejectGuest();
    }
    const { rateLimits, limits } = this.#settings().http;
    const { thread = '' } = pathIds(request);
    const all = this.#limiter.count(user.id, rateLimits.api);
    // A request that is rejected anyway is not counted: its path may name any thread.
    const isCounted = kind !== undefined && all?.retryAfter == null;
    const own = isCounted ? this.#limiter.count(`${kind} ${user.id} ${thread}`, rateLimits[kind]) : null;
    limit(
      reply,
      [all, own].filter((verdict) => verdict !== null),
    );
    this.#enter(user.id, limits.requests, reply);
    return user;
  }

  /**
   * Admits anybody, limited by address. For pictures, files and the documentation, which need no login.
   *
   * @throws TOO_MANY_ATTEMPTS, TOO_MANY_OPEN_REQUESTS
   */
  readonly admitAnybody: AddressLimit = async (request, reply) =>
    this.#admitAddress(request, reply, 'anybody', this.#settings().http.rateLimits.assets);

  #admitAddress({ ip }: FastifyRequest, reply: FastifyReply, kind: string, rate: number): void {
    const verdict = this.#limiter.count(`${kind} ${ip}`, rate);
    if (verdict !== null) limit(reply, [verdict]);
    this.#enter(`guest ${ip}`, this.#settings().http.limits.guestRequests, reply);
  }

  #enter(sender: string, limit: number, reply: FastifyReply): void {
    // The client has hung up, so no close event would end the count.
    if (reply.raw.destroyed) return;
    const open = this.#open.get(sender) ?? 0;
    if (limit > 0 && open >= limit) {
      reply.header('retry-after', 1);
      throw createError('TOO_MANY_OPEN_REQUESTS', limit);
    }
    this.#open.set(sender, open + 1);
    reply.raw.once('close', () => {
      const left = (this.#open.get(sender) ?? 1) - 1;
      if (left > 0) this.#open.set(sender, left);
      else this.#open.delete(sender);
    });
  }
}

/** @throws UNAUTHENTICATED */
function rejectGuest(): never {
  throw createError('UNAUTHENTICATED');
}
