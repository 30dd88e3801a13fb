import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCodeHeader } from '../api/error-code-header.ts';
import { ApiError } from './api-error.ts';

/** Where the API is, and who calls it. */
export interface ClientOptions {
  /** `http://127.0.0.1:PORT` */
  url: string;
  token: string;
}

type Verb = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * The function that all resources call, with a method, a path below `/api/messenger`, and what to send.
 *
 * @param key for a POST: a request with the same key is not done again, but gets the first answer
 */
export type Call = <Answer>(
  verb: Verb,
  path: string,
  body?: object | FormData,
  key?: string,
) => Promise<Answer>;

/** How long an answer may take, in milliseconds. */
const requestTimeout = 30_000;

/** The delays before unanswered requests are sent again, in milliseconds. */
const retryDelays = [100, 500, 1_000];

/**
 * Creates a function that calls one API as one person. A POST whose answer was lost is sent again with its
 * key, so that it takes effect only once.
 *
 * @throws ApiError for every unsuccessful answer, with status 0 if there was none
 */
export function connectTransport({ url, token }: ClientOptions): Call {
  const ask = async (
    verb: Verb,
    path: string,
    body: object | FormData | undefined,
    key: string | undefined,
  ) => {
    const { headers, content } = encode(body);
    const request = {
      method: verb,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...headers,
        ...(key !== undefined && { 'idempotency-key': `"${key}"` }),
      },
      signal: AbortSignal.timeout(requestTimeout),
      ...(content !== undefined && { body: content }),
    };
    const response = await fetch(new URL(resolvePath(path), url), request).catch(unreachable);
    const answer = await readAnswer(response);
    return { response, answer };
  };
  return async <Answer>(verb: Verb, path: string, body?: object | FormData, given?: string) => {
    const key = verb === 'POST' ? (given ?? randomUUID()) : undefined;
    const once = () => ask(verb, path, body, key);
    const { response, answer } = await (key === undefined ? once() : retryUntilAnswered(once));
    if (response.ok) return answer as Answer;
    throw errorOf(response, answer);
  };
}

type Answered = { response: Response; answer: unknown };

/** Tries again if the connection broke or the first request is still in progress. */
async function retryUntilAnswered(ask: () => Promise<Answered>): Promise<Answered> {
  for (const retryDelay of retryDelays) {
    const asked = await ask().catch(rethrowUnlessDisconnected);
    if (asked !== undefined && !isUnderWay(asked)) return asked;
    await sleep(retryDelay);
  }
  return ask();
}

/** A timeout is not retried: the daemon would probably be too slow again. */
function rethrowUnlessDisconnected(error: unknown): undefined {
  const isBroken = error instanceof ApiError && error.isUnreachable && !isTimeout(error.cause);
  if (!isBroken) throw error;
}

const isTimeout = (cause: unknown): boolean => cause instanceof Error && cause.name === 'TimeoutError';

const isUnderWay = ({ response }: Answered): boolean =>
  response.status === 409 && response.headers.has('retry-after');

/** A path that starts with a slash (a page's route, a file) stays as it is. */
function resolvePath(path: string): string {
  // URLs resolve these, however they are encoded, so the request would go to another path.
  if (/(?:^|\/)\.\.?(?:\/|$)/.test(path)) throw new ApiError(404, 'There is nothing with this name.');
  return path.startsWith('/') ? path : `/api/messenger/${path}`;
}

function encode(body: object | FormData | undefined) {
  if (body === undefined) return { headers: {}, content: undefined };
  if (body instanceof FormData) return { headers: {}, content: body };
  return { headers: { 'content-type': 'application/json' }, content: JSON.stringify(body) };
}

function unreachable(cause: unknown): never {
  throw new ApiError(0, 'The daemon does not answer.', {}, { cause });
}

async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text().catch(unreachable);
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}

function errorOf({ status, headers }: Response, answer: unknown): ApiError {
  const fields: { message?: unknown; errors?: Record<string, string[]> } =
    typeof answer === 'object' && answer !== null ? answer : {};
  const message = typeof fields.message === 'string' ? fields.message : `The daemon answered with ${status}.`;
  return new ApiError(status, message, fields.errors, { code: headers.get(errorCodeHeader) ?? undefined });
}
