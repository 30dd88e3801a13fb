import { createError, wrapError } from '../base/errors.ts';
import { activeHandler } from './active-handler.ts';
import { calledFrom, callSite } from './call-site.ts';
import { limitedFetch } from './limited-fetch.ts';

/** The options of `fetch`, and a limit for the body. */
export interface FetchWithinOptions extends RequestInit {
  /** The largest body in bytes, after decompression. Unlimited if left out. */
  maxBytes?: number;
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
  // Errors name the host and never the whole URL, which may contain a key.
  const host = hostOf(url);
  const errors = {
    timedOut: () => calledFrom(createError('FETCH_TIMEOUT', host, milliseconds), site),
    tooLarge: () => calledFrom(createError('FETCH_TOO_LARGE', host, maxBytes), site),
    failed: (reason: string, cause: unknown) =>
      calledFrom(wrapError(cause, 'FETCH_FAILED', host, reason), site),
  };
  return limitedFetch(url, { milliseconds, maxBytes, signal: own ?? undefined, errors }, rest);
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
