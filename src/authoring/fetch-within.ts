import { createError, isError, MessengerError, messageOf } from '../base/errors.ts';
import { activeHandler } from './active-handler.ts';
import { calledFrom, callSite } from './call-site.ts';

/** The options of `fetch`, and how much of an answer may be read. */
export interface FetchWithinOptions extends RequestInit {
  /** The largest body that is read, in bytes, as it is after decompression. Any when left out. */
  maxBytes?: number;
}

/** What a request is held to. */
interface Limits {
  /** What to call the other side in a sentence. Never the whole address: it may hold a key. */
  host: string;
  maxBytes: number;
  /** Aborts at the deadline, or when the caller's own signal does. */
  signal: AbortSignal;
  /** Where it was asked for: errors point there, also those that come while the body is read. */
  site: Error;
}

/**
 * Node's `fetch` with a deadline for the whole of it: connecting, following redirects, and the body. Reading the
 * body (`json()`, `text()` …) after the deadline rejects too, so an answer that trickles in holds up nothing.
 *
 * The deadline is one of real time. It does not come nearer when a simulation moves the product's clock forward.
 *
 * @param milliseconds from the call until everything must have been read
 * @param url an `http:` or `https:` address
 * @param init as for `fetch`; `maxBytes` limits the body, `signal` may end the request earlier
 * @returns the answer, whatever its status; look at `ok` before reading it
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
 * What to call the other side of an address in a sentence.
 *
 * @throws FETCH_FAILED when the address is none
 */
export function hostOf(url: string | URL): string {
  const address = URL.canParse(String(url)) ? new URL(url) : undefined;
  if (address?.host) return address.host;
  throw createError('FETCH_FAILED', 'an address without a host', 'it must be like https://example.com/path');
}

/** A signal that ends the request: at the deadline, or with the caller's own. */
function endOf(milliseconds: number, host: string, own: AbortSignal | undefined): AbortSignal {
  const controller = new AbortController();
  const pass = () => controller.abort(createError('FETCH_TIMEOUT', host, milliseconds));
  AbortSignal.timeout(milliseconds).addEventListener('abort', pass);
  return own ? AbortSignal.any([own, controller.signal]) : controller.signal;
}

/** The same answer with a body that is held to the limits. */
function withLimits(response: Response, limits: Limits): Response {
  if (response.body === null) return response;
  const limited = new Response(limitedBody(response.body, limits), response);
  const { url, redirected } = response;
  return Object.defineProperties(limited, { url: { value: url }, redirected: { value: redirected } });
}

/** A body that is cut at the limit, and whose errors are ours. It is read no faster than it is asked for. */
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

/** fetch says no more than that it failed; what happened (refused, unknown host) is one level down. */
function problemOf(error: unknown): string {
  const cause = isError(error) ? (error.cause ?? error) : error;
  return isError(cause) && cause.message === '' && 'code' in cause ? String(cause.code) : messageOf(cause);
}
