import { STATUS_CODES } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorCodeHeader } from '../api/error-code-header.ts';
import { createError, type ErrorCode, type FieldErrors, MessengerError } from '../base/errors.ts';
import { shortageOf } from '../base/shortage.ts';

/** The answer to any error. */
interface Failure {
  status: number;
  body: { message: string; errors?: FieldErrors };
  /** Sent as a header, since the original answers no codes. */
  code?: ErrorCode;
}

/** An error of a handler's own code. It is shown to those who attach the handler, since they can correct it. */
export class HandlerFault extends Error {
  constructor(readonly fault: MessengerError) {
    super(fault.message, { cause: fault });
  }
}

/** Receives internal errors. The client only learns that there was one. */
export type Report = (error: unknown, where: string) => void;

/** Where errors are reported: internal ones, and those of handlers' own code that the client is shown. */
export interface Reports {
  onError: Report;
  onFault: Report;
}

const serverError: Failure = { status: 500, body: { message: 'Server Error' } };

/** The answer to an error. Unexpected errors, and those that are not the client's fault, have no details. */
function failureOf(error: unknown): Failure {
  if (lacksResources(error)) return knownFailure(createError('RESOURCES_SHORT'));
  if (error instanceof HandlerFault)
    return { status: 422, body: { message: error.message }, code: error.fault.code };
  if (error instanceof MessengerError) return knownFailure(error);
  const status = statusOf(error);
  if (status === undefined || status >= 500) return serverError;
  const message = error instanceof Error ? error.message : STATUS_CODES[status];
  return { status, body: { message: message ?? 'Bad Request' } };
}

/** Errors that are not the client's fault but are worth showing: trying again may help. */
const isShownToClients = (code: ErrorCode): boolean =>
  [
    'DATABASE_FULL',
    'DATABASE_BUSY',
    'DATABASE_REFUSED',
    'DATABASE_UNCONFIRMED',
    'DATABASE_DAMAGED',
    'DATABASE_GONE',
    'STORAGE_UNUSABLE',
    'RESOURCES_SHORT',
    'MESSENGER_ENDING',
  ].includes(code);

/** Seconds after which a client should try again if another process had the lock. */
const retryAfter = 5;

/** Whether the machine lacks file descriptors, memory or processes for now. A full disk has its own error. */
const lacksResources = (error: unknown): boolean =>
  ['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN'].includes(shortageOf(error) ?? '');

/** Whether the same request may succeed a little later without any intervention. */
const isPassing = (error: unknown): boolean =>
  lacksResources(error) || (error instanceof MessengerError && error.code === 'DATABASE_BUSY');

function knownFailure({ code, status, message, errors }: MessengerError): Failure {
  if (status >= 500 && !isShownToClients(code)) return serverError;
  if (errors === undefined) return { status, body: { message }, code };
  const [first = message, ...others] = Object.values(errors).flat();
  const more = others.length === 0 ? '' : ` (and ${others.length} more ${plural(others.length)})`;
  return { status, body: { message: `${first}${more}`, errors }, code };
}

const plural = (count: number): string => (count === 1 ? 'error' : 'errors');

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if (hasHungUp(error)) return 400;
  return 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

/** A client that hangs up in the middle of its body is not an internal error. */
const hasHungUp = (error: Error): boolean =>
  error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET';

/** Answers an error. Reports it if it is internal or a fault of a handler. */
export function answerFailure(
  { onError, onFault }: Reports,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { status, body, code } = failureOf(error);
  const where = `${request.method} ${request.routeOptions.url ?? 'an unknown path'}`;
  if (error instanceof HandlerFault) onFault(error.fault, where);
  else if (status >= 500) onError(error, where);
  if (code !== undefined) reply.header(errorCodeHeader, code);
  if (isPassing(error)) reply.header('retry-after', retryAfter);
  return reply.code(status).send(body);
}

/** The paths of a server, and the methods that each accepts. */
export class KnownPaths {
  readonly #paths: Array<{ pattern: RegExp; methods: Set<string> }> = [];

  /** Records every route that is added from now on. */
  watch(server: FastifyInstance): void {
    server.addHook('onRoute', ({ url, method }) => {
      const source = url.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+');
      const methods = new Set([method].flat());
      this.#paths.push({ pattern: new RegExp(`^${source.replaceAll('*', '.*')}$`), methods });
    });
  }

  /** The methods of a path. Empty for an unknown path. */
  methodsOf(path: string): string[] {
    const known = this.#paths.filter(({ pattern }) => pattern.test(path));
    return [...new Set(known.flatMap(({ methods }) => [...methods]))];
  }
}

/** Answers a request without a route: 404, or the allowed methods, with 405 for anything but OPTIONS. */
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
