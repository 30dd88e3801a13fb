import { clause, defineError } from './define-error.ts';

/** Errors of what people and clients ask for. */
export const requestErrors = {
  NOT_PERMITTED: defineError(403, (message: string) => message),
  NOT_FOUND: defineError(
    404,
    (what: string, name: string, where = '') =>
      `There is no ${what} "${name}"${where === '' ? '' : ` in ${where}`}.`,
  ),
  NAME_AMBIGUOUS: defineError(
    409,
    (what: string, name: string, ids: readonly string[]) =>
      `More than one ${what} is called "${name}". Use an id instead: ${ids.join(', ')}.`,
  ),
  NOTHING_TO_EXPLAIN: defineError(
    404,
    (found: string, instead: string) => `${found}, so there is nothing to explain. ${instead}`,
  ),
  FILE_UNREADABLE: defineError(
    422,
    (file: string, reason: string) => `${file} cannot be read: ${clause(reason)}. Nothing was sent.`,
  ),
  FILE_REFUSED: defineError(
    422,
    (kind: string, extensions: readonly string[], name: string, found: string) =>
      `The ${kind} must be a file of type: ${extensions.join(', ')}; ${name} holds ${found}.`,
  ),
  RESOURCES_SHORT: defineError(
    503,
    () =>
      'The machine is currently short of file descriptors, memory or processes. Try again in a few seconds.',
  ),
  MESSENGER_ENDING: defineError(
    503,
    () => 'The messenger is shutting down, so this was not done. Try again when it is running again.',
  ),
  STORAGE_UNUSABLE: defineError(
    507,
    (reason: string) =>
      `The file could not be stored: ${clause(reason)}. Nothing was sent; check the folder .messenger/storage and the free space.`,
  ),
  FILE_TOO_LARGE: defineError(
    422,
    (kind: string, name: string, limit: number, found: number) =>
      `The ${kind} must not be greater than ${limit} kilobytes; ${name} has ${found}.`,
  ),
  KNOCKED_LATELY: defineError(
    429,
    (thread: string, seconds: number) => `You can't knock at ${thread} for another ${seconds} seconds.`,
  ),
  REACTION_INVALID: defineError(422, () => 'The reaction must contain a valid emoji.'),
  MESSAGE_INVALID: defineError(422, (problem: string) => `The message was not sent: ${clause(problem)}.`),
  NAME_INVALID: defineError(
    400,
    (name: string, problem: string) =>
      `"${name}" cannot be the name of a person: ${clause(problem)}. Others could not tell who that is; use 1 to 255 characters on one line.`,
  ),
  UNAUTHENTICATED: defineError(401, () => 'Unauthenticated.'),
  NOT_LOCATED: defineError(404, (what: string) => `Unable to locate the ${what} you requested.`),
  INVALID_INPUT: defineError(
    422,
    (first: string, more: number) =>
      `${first}${more > 0 ? ` (and ${more} more ${more === 1 ? 'error' : 'errors'})` : ''}`,
  ),
  REQUEST_FAILED: defineError(502, (answer: string) => answer),
  IDEMPOTENCY_KEY_INVALID: defineError(
    400,
    (problem: string) =>
      `The Idempotency-Key header is invalid: ${clause(problem)}. Nothing was stored; send 1 to 255 visible ASCII characters, for example a new UUID for each request.`,
  ),
  IDEMPOTENCY_KEY_REUSED: defineError(
    422,
    (key: string) =>
      `The Idempotency-Key "${key}" was already used for a request with another body. Nothing was stored; use a new key for a new request.`,
  ),
  IDEMPOTENCY_KEY_BUSY: defineError(
    409,
    (key: string) =>
      `A request with the Idempotency-Key "${key}" is still being answered. Nothing was stored for this one; send it again in a moment to get that answer.`,
  ),
  IDEMPOTENCY_ANSWER_LOST: defineError(
    409,
    (key: string, problem: string) =>
      `The request with the Idempotency-Key "${key}" was done, but its answer was lost in a crash and cannot be created again: ${clause(problem)}. Nothing was done twice; check the current state.`,
  ),
  TOO_MANY_ATTEMPTS: defineError(429, () => 'Too Many Attempts.'),
  TOO_MANY_OPEN_REQUESTS: defineError(
    429,
    (limit: number) =>
      `${limit} requests are already open, which is the maximum. Wait for an answer, and try again.`,
  ),
  TOO_MANY_SOCKETS: defineError(
    429,
    (limit: number) =>
      `${limit} realtime connections are already open, which is the maximum for one person. Close one, and try again.`,
  ),
  BODY_TOO_LARGE: defineError(
    413,
    (limit: number) =>
      `The body is larger than the ${limit} kilobytes that are allowed besides its file. The rest was not read.`,
  ),
  BODY_IN_TOO_MANY_PARTS: defineError(
    413,
    (limit: number) => `The body has more than the ${limit} fields that are allowed. The rest was not read.`,
  ),
  TOO_MANY_HEADERS: defineError(
    431,
    (found: number, limit: number) =>
      `The request has ${found} headers, but at most ${limit} are allowed. The rest was not read.`,
  ),
};
