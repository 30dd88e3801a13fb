import { ApiError } from './api-error.ts';

/** Where an API is, and who asks. */
export interface ClientOptions {
  /** `http://127.0.0.1:PORT` */
  url: string;
  token: string;
}

type Verb = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** What every resource calls: a verb, a path below `/api/messenger`, and what is sent. */
export type Call = <Answer>(verb: Verb, path: string, body?: object | FormData) => Promise<Answer>;

/** How long an answer may take before it counts as none. */
const patience = 30_000;

/**
 * A function that asks one API as one person.
 *
 * @throws ApiError for every answer that is no success, with status 0 where nobody answered
 */
export function connectTransport({ url, token }: ClientOptions): Call {
  return async <Answer>(verb: Verb, path: string, body?: object | FormData) => {
    const { headers, content } = encode(body);
    const request = {
      method: verb,
      headers: { accept: 'application/json', authorization: `Bearer ${token}`, ...headers },
      signal: AbortSignal.timeout(patience),
      ...(content !== undefined && { body: content }),
    };
    const response = await fetch(new URL(resolvePath(path), url), request).catch(unreachable);
    const answer = await readAnswer(response);
    if (response.ok) return answer as Answer;
    throw errorOf(response.status, answer);
  };
}

/** A path with its own beginning (a page's route, a file) stays as it is. */
const resolvePath = (path: string): string => (path.startsWith('/') ? path : `/api/messenger/${path}`);

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

function errorOf(status: number, answer: unknown): ApiError {
  const fields: { message?: unknown; errors?: Record<string, string[]> } =
    typeof answer === 'object' && answer !== null ? answer : {};
  const message = typeof fields.message === 'string' ? fields.message : `The daemon answered with ${status}.`;
  return new ApiError(status, message, fields.errors);
}
