import { createError, isError, MessengerError, messageOf } from '../base/errors.ts';
import { activeHandler } from './active-handler.ts';
import { calledFrom, callSite } from './call-site.ts';

/** The options of `fetch`, and a limit for the body. */
export interface FetchWithinOptions extends RequestInit {
  /** The largest body in bytes, after decompression. Unlimited if left out. */
  maxBytes?: number;
}

/** The limits of a request. */
interface Limits {
  /** The name of the server in errors. Never the whole URL, which may contain a key. */
  host: string;
  maxBytes: number;
  /** Aborts at the deadline or with the caller's own signal. */
  signal: AbortSignal;
  /** Where the request was made. Errors point there, even those while the body is read. */
  site: Error;
}

/**
 * Node's `fetch` with a deadline for everything: connecting, following redirects, and the body. Reading the
 * body (`json()`, `text()` …) after the deadline rejects too, so a slow response cannot block a handler.
 *
 * The deadline uses real time. It does not come nearer when a simulation moves the product's clock forward.
 *
 * @param milliseconds from the call until everything must have been read
 * @param url an `http:` or `https:` URL
 * @param init as for `fetch`; `maxBytes` limits the body, `signal` may end the request earlier
 * @returns the response, whatever its status; check `ok` before reading it
 * @throws FETCH_TIMEOUT at the deadline; FETCH_FAILED when there is no answer, or it breaks off; FETCH_TOO_LARGE
 *   when the body is larger than `maxBytes`; the reason of `signal` when that aborts
 * @example
 * const response = await fetchWithin(5_000, 'https://example.com/fact.txt', { maxBytes: 10_000 });
 * if (response.ok) await this.composer().message(await response.text());
 */
export async function fetchWithin(
  milliseconds: number,
  url: string | URL,
  init: FetchWithinOptions = {},
): Promise<Response> {
  const { maxBytes = Number.POSITIVE_INFINITY, signal: own, ...rest } = init;
  const site = callSite();
  const active = activeHandler.getStore();
  if (active?.ended) active.late('fetchWithin()', site);
  const host = hostOf(url);
  const signal = endOf(milliseconds, host, own ?? undefined);
  const limits = { host, maxBytes, signal, site };
  try {
    return withLimits(await fetch(url, { ...rest, signal }), limits);
  } catch (error) {
    throw reasonOf(error, limits);
  }
}

/**
 * Returns the name of a URL's server for errors.
 *
 * @throws FETCH_FAILED when the URL is invalid
 */
export function hostOf(url: string | URL): string {
  const address = URL.canParse(String(url)) ? new URL(url) : undefined;
  if (address?.host) return address.host;
  throw createError('FETCH_FAILED', 'an address without a host', 'it must be like https://example.com/path');
}

/** Creates the signal that ends the request, at the deadline or with the caller's own signal. */
function endOf(milliseconds: number, host: string, own: AbortSignal | undefined): AbortSignal {
  const controller = new AbortController();
  const pass = () => controller.abort(createError('FETCH_TIMEOUT', host, milliseconds));
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
    const tooLarge = calledFrom(createError('FETCH_TOO_LARGE', limits.host, limits.maxBytes), limits.site);
    await reader.cancel(tooLarge);
    throw tooLarge;
  };
  return new ReadableStream(
    { pull, cancel: (reason: unknown) => reader.cancel(reason) },
    { highWaterMark: 0 },
  );
}

function reasonOf(error: unknown, { host, signal, site }: Limits): unknown {
  if (signal.aborted) return calledFrom(signal.reason, site);
  const { message } = createError('FETCH_FAILED', host, problemOf(error));
  return calledFrom(new MessengerError('FETCH_FAILED', message, undefined, { cause: error }), site);
}

/** The message of fetch only says that it failed. The reason (refused, unknown host) is in its `cause`. */
function problemOf(error: unknown): string {
  const cause = isError(error) ? (error.cause ?? error) : error;
  return isError(cause) && cause.message === '' && 'code' in cause ? String(cause.code) : messageOf(cause);
}
