import { STATUS_CODES } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createError, type ErrorCode, type FieldErrors, MessengerError } from '../base/errors.ts';
import { shortageOf } from '../base/shortage.ts';

/** Every answer that tells of an error. */
interface Failure {
  status: number;
  body: { message: string; errors?: FieldErrors };
}

/** Told of what went wrong inside; the client only learns that something did. */
export type Report = (error: unknown, where: string) => void;

const serverError: Failure = { status: 500, body: { message: 'Server Error' } };

/** What is answered to an error. What nobody raised on purpose, or is no fault of the client, has no details. */
function failureOf(error: unknown): Failure {
  if (lacksResources(error)) return knownFailure(createError('RESOURCES_SHORT'));
  if (error instanceof MessengerError) return knownFailure(error);
  const status = statusOf(error);
  if (status === undefined || status >= 500) return serverError;
  const message = error instanceof Error ? error.message : STATUS_CODES[status];
  return { status, body: { message: message ?? 'Bad Request' } };
}

/** No fault of the client, but worth knowing there: it may help to try again. */
const isWorthKnowing = (code: ErrorCode): boolean =>
  [
    'DATABASE_FULL',
    'DATABASE_BUSY',
    'DATABASE_REFUSED',
    'DATABASE_DAMAGED',
    'DATABASE_GONE',
    'STORAGE_UNUSABLE',
    'RESOURCES_SHORT',
    'MESSENGER_ENDING',
  ].includes(code);

/** Seconds after which a client is told to try again what another process was in the way of. */
const retryAfter = 5;

/** Whether the machine lacks file descriptors, memory or processes for a moment. A full disk lasts, and is told as such. */
const lacksResources = (error: unknown): boolean =>
  ['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN'].includes(shortageOf(error) ?? '');

/** Whether the same request may well succeed a little later, without anybody doing anything. */
const isPassing = (error: unknown): boolean =>
  lacksResources(error) || (error instanceof MessengerError && error.code === 'DATABASE_BUSY');

function knownFailure({ code, status, message, errors }: MessengerError): Failure {
  if (status >= 500 && !isWorthKnowing(code)) return serverError;
  if (errors === undefined) return { status, body: { message } };
  const [first = message, ...others] = Object.values(errors).flat();
  const more = others.length === 0 ? '' : ` (and ${others.length} more ${plural(others.length)})`;
  return { status, body: { message: `${first}${more}`, errors } };
}

const plural = (count: number): string => (count === 1 ? 'error' : 'errors');

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if (hasHungUp(error)) return 400;
  return 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

/** A client that hangs up in the middle of its body is no failure of ours. */
const hasHungUp = (error: Error): boolean =>
  error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET';

/** Answers an error, and reports it where it is ours. */
export function answerFailure(
  report: Report,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { status, body } = failureOf(error);
  if (status >= 500) report(error, `${request.method} ${request.routeOptions.url ?? 'an unknown path'}`);
  if (isPassing(error)) reply.header('retry-after', retryAfter);
  return reply.code(status).send(body);
}

/** What the paths of a server look like, and by which verbs they are asked. */
export class KnownPaths {
  readonly #paths: Array<{ pattern: RegExp; methods: Set<string> }> = [];

  /** Learns of every route that is added from now on. */
  watch(server: FastifyInstance): void {
    server.addHook('onRoute', ({ url, method }) => {
      const source = url.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+');
      const methods = new Set([method].flat());
      this.#paths.push({ pattern: new RegExp(`^${source.replaceAll('*', '.*')}$`), methods });
    });
  }

  /** The verbs of a path; none for a path that is not known. */
  methodsOf(path: string): string[] {
    const known = this.#paths.filter(({ pattern }) => pattern.test(path));
    return [...new Set(known.flatMap(({ methods }) => [...methods]))];
  }
}

/** Answers a request that no route takes: which verbs would do, and 405 unless that was the question. */
export function answerUnknown(paths: KnownPaths, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.replace(/\?.*$/s, '').replace(/\/$/, '');
  const route = path.slice(1, 200);
  const methods = paths.methodsOf(path);
  if (methods.length === 0) {
    return reply.code(404).send({ message: `The route ${route} could not be found.` });
  }
  const supported = methods.join(', ');
  if (request.method === 'OPTIONS') return reply.code(200).header('allow', supported).send();
  const message = `The ${request.method} method is not supported for route ${route}. Supported methods: ${supported}.`;
  return reply.code(405).header('allow', supported).send({ message });
}
