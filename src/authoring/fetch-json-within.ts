import type { z } from 'zod';
import { createError } from '../base/errors.ts';
import { calledFrom, callSite } from './call-site.ts';
import { type FetchWithinOptions, fetchWithin, hostOf } from './fetch-within.ts';

/** The options of {@link fetchJsonWithin}. */
export interface FetchJsonWithinOptions extends FetchWithinOptions {
  /** Statuses outside 200 to 299 whose body is also parsed, like 404. */
  alsoStatus?: readonly number[];
}

/**
 * Requests JSON from a service with {@link fetchWithin}, and validates it.
 *
 * @param milliseconds from the call until the body must have been read
 * @param url an `http:` or `https:` URL
 * @param schema a zod schema for the body; unknown fields are dropped
 * @param init as for {@link fetchWithin}; `alsoStatus` lists other statuses whose body is also parsed
 * @throws FETCH_TIMEOUT, FETCH_TOO_LARGE, and FETCH_FAILED also for an error status or a body that is not
 *   JSON or does not match the schema. Uncaught, it fails the action, which releases its cooldown.
 * @example
 * const { joke } = await fetchJsonWithin(5_000, 'https://icanhazdadjoke.com/', z.object({ joke: z.string() }));
 */
export async function fetchJsonWithin<Schema extends z.ZodType>(
  milliseconds: number,
  url: string | URL,
  schema: Schema,
  init: FetchJsonWithinOptions = {},
): Promise<z.output<Schema>> {
  const site = callSite();
  try {
    return await requestJson(milliseconds, url, schema, init);
  } catch (error) {
    throw calledFrom(error, site);
  }
}

async function requestJson<Schema extends z.ZodType>(
  milliseconds: number,
  url: string | URL,
  schema: Schema,
  init: FetchJsonWithinOptions,
): Promise<z.output<Schema>> {
  const { alsoStatus = [], ...rest } = init;
  const response = await fetchWithin(milliseconds, url, { ...rest, headers: withAcceptHeader(init.headers) });
  const host = hostOf(url);
  if (!response.ok && !alsoStatus.includes(response.status)) {
    throw createError('FETCH_FAILED', host, `it answered with the status ${response.status}`);
  }
  const checked = schema.safeParse(parse(await response.text(), host));
  if (checked.success) return checked.data;
  throw createError('FETCH_FAILED', host, `its answer is not as expected (${firstIssue(checked.error)})`);
}

function withAcceptHeader(headersInit: RequestInit['headers']): Headers {
  const headers = new Headers(headersInit);
  if (!headers.has('accept')) headers.set('accept', 'application/json');
  return headers;
}

function parse(text: string, host: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A syntax error quotes the server's text, of any length.
    throw createError('FETCH_FAILED', host, 'its answer is not JSON');
  }
}

function firstIssue({ issues: [issue] }: z.ZodError): string {
  const path = issue?.path.map(String).join('.') ?? '';
  return `${path === '' ? '' : `${path}: `}${issue?.message}`;
}
