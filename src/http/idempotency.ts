import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createError, MessengerError } from '../base/errors.ts';
import { isRecord } from '../base/is-record.ts';
import type { User } from '../domain/user.ts';
import { doOnce, type OnceRequest } from '../services/do-once.ts';
import { type Endpoint, type HttpApp, type OpenRequest, pathIds, type Received } from './endpoint.ts';
import { readKey } from './idempotency-key.ts';

/** Handles requests once per `Idempotency-Key`, as the IETF draft of that header describes. */
export class KeyedRequests {
  readonly #app: Pick<HttpApp, 'store' | 'clock'>;
  /** The requests that are being answered. */
  readonly #underWay = new Set<string>();

  constructor(app: Pick<HttpApp, 'store' | 'clock'>) {
    this.#app = app;
  }

  /** @throws IDEMPOTENCY_KEY_INVALID, IDEMPOTENCY_KEY_BUSY, IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_ANSWER_LOST */
  async answer(
    endpoint: Endpoint,
    user: User,
    request: FastifyRequest,
    reply: FastifyReply,
    { read, prepare }: OpenRequest,
  ): Promise<{ status: number; body: unknown }> {
    const key = endpoint.takesKey ? readKey(request.headers['idempotency-key']) : undefined;
    const { status } = endpoint;
    if (key === undefined) return { status, body: await (await prepare())() };
    const route = routeOf(endpoint, request);
    const fingerprint = async () => fingerprintOf(await read());
    try {
      const answer = await this.#alone({ userId: user.id, route, key, fingerprint, prepare, status });
      if (answer.isRepeated) reply.header('idempotent-replayed', 'true');
      return answer;
    } catch (error) {
      const isBusy = error instanceof MessengerError && error.code === 'IDEMPOTENCY_KEY_BUSY';
      if (isBusy) reply.header('retry-after', 1);
      throw error;
    }
  }

  async #alone(request: OnceRequest): ReturnType<typeof doOnce> {
    const { userId, route, key } = request;
    const name = [userId, route, key].join(' ');
    if (this.#underWay.has(name)) throw createError('IDEMPOTENCY_KEY_BUSY', key);
    this.#underWay.add(name);
    try {
      return await doOnce(this.#app, request);
    } finally {
      this.#underWay.delete(name);
    }
  }
}

/** The path with its ids, however it was written. */
const routeOf = ({ method, path }: Endpoint, request: FastifyRequest): string => {
  const ids = pathIds(request);
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent((ids[name] ?? '').toWellFormed()),
  );
  return `${method} ${filled}`;
};

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** Identifies a body by its content. The order of its fields makes no difference. */
function fingerprintOf({ input, upload }: Received): string {
  const { fields, file } = upload ?? { fields: input, file: undefined };
  return sha256(JSON.stringify([fields, file && [file.name, file.isCut, sha256(file.bytes)]], sorted));
}

const sorted = (_: string, value: unknown): unknown =>
  isRecord(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
