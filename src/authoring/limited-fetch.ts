import { isError, messageOf } from '../base/errors.ts';

/** The limits of a request, and the errors to throw beyond them. */
export interface FetchLimits {
  /** From the call until everything must have been read, in real time. */
  milliseconds: number;
  /** The largest body, after decompression. */
  maxBytes: number;
  /** May end the request earlier. */
  signal?: AbortSignal | undefined;
  errors: FetchErrors;
}

/** Creates the errors of a request. */
interface FetchErrors {
  /** Nothing more was read after the deadline. */
  timedOut(): unknown;
  /** @param bytes how much of the body had arrived when it was cut */
  tooLarge(bytes: number): unknown;
  /** @param cause what `fetch` has thrown */
  failed(reason: string, cause: unknown): unknown;
}

interface Limits extends FetchLimits {
  /** Aborts at the deadline or with the caller's own signal. */
  signal: AbortSignal;
}

/**
 * Node's `fetch` with a deadline for everything (connecting, following redirects, and the body) and a limit for
 * the size of the body.
 *
 * @throws the given errors, also while the body is read; the reason of `signal` when that aborts
 */
export async function limitedFetch(
  url: string | URL,
  given: FetchLimits,
  init: RequestInit = {},
): Promise<Response> {
  const limits = { ...given, signal: endOf(given) };
  try {
    return withLimits(await fetch(url, { ...init, signal: limits.signal }), limits);
  } catch (error) {
    throw reasonOf(error, limits);
  }
}

/** Creates the signal that ends the request, at the deadline or with the caller's own signal. */
function endOf({ milliseconds, signal: own, errors }: FetchLimits): AbortSignal {
  const controller = new AbortController();
  const pass = () => controller.abort(errors.timedOut());
  AbortSignal.timeout(milliseconds).addEventListener('abort', pass);
  return own ? AbortSignal.any([own, controller.signal]) : controller.signal;
}

/** The same response with a limited body. */
function withLimits(response: Response, limits: Limits): Response {
  if (response.body === null) return response;
  const limited = new Response(limitedBody(response.body, limits), response);
  const { url, redirected } = response;
  return Object.defineProperties(limited, { url: { value: url }, redirected: { value: redirected } });
}

/** A body that is cut at the limit and throws our errors. Read only on demand. */
function limitedBody(body: ReadableStream<Uint8Array>, limits: Limits): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let size = 0;
  const read = () =>
    reader.read().catch((error) => {
      throw reasonOf(error, limits);
    });
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const { done, value } = await read();
    if (done) return controller.close();
    size += value.byteLength;
    if (size <= limits.maxBytes) return controller.enqueue(value);
    const tooLarge = limits.errors.tooLarge(size);
    await reader.cancel(tooLarge);
    throw tooLarge;
  };
  return new ReadableStream(
    { pull, cancel: (reason: unknown) => reader.cancel(reason) },
    { highWaterMark: 0 },
  );
}

const reasonOf = (error: unknown, { signal, errors }: Limits): unknown =>
  signal.aborted ? signal.reason : errors.failed(problemOf(error), error);

/** The message of fetch only says that it failed. The reason (refused, unknown host) is in its `cause`. */
function problemOf(error: unknown): string {
  const cause = isError(error) ? (error.cause ?? error) : error;
  return isError(cause) && cause.message === '' && 'code' in cause ? String(cause.code) : messageOf(cause);
}
