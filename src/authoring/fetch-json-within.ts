import type { z } from 'zod';
import { createError } from '../base/errors.ts';
import { calledFrom, callSite } from './call-site.ts';
import { type FetchWithinOptions, fetchWithin, hostOf } from './fetch-within.ts';

/** The options of {@link fetchJsonWithin}. */
export interface FetchJsonWithinOptions extends FetchWithinOptions {
  /** Statuses other than 200 to 299 whose answer is wanted too, like 404. */
  alsoStatus?: readonly number[];
}

/**
 * Asks a service for JSON, by {@link fetchWithin}, and checks what it answers.
 *
 * @param milliseconds from the call until the answer must have been read
 * @param url an `http:` or `https:` address
 * @param schema what the answer must be like, with zod; unknown fields of it are dropped
 * @param init as for {@link fetchWithin}; `alsoStatus` names statuses that are an answer although no success
 * @throws FETCH_TIMEOUT, FETCH_TOO_LARGE, and FETCH_FAILED also when the status is no success, the answer is no
 *   JSON, or it is not like the schema. Uncaught, it fails the action, and that releases its cooldown.
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
    return await askForJson(milliseconds, url, schema, init);
  } catch (error) {
    throw calledFrom(error, site);
  }
}

async function askForJson<Schema extends z.ZodType>(
  milliseconds: number,
  url: string | URL,
  schema: Schema,
  init: FetchJsonWithinOptions,
): Promise<z.output<Schema>> {
  const { alsoStatus = [], ...rest } = init;
  const response = await fetchWithin(milliseconds, url, { ...rest, headers: asking(init.headers) });
  const host = hostOf(url);
  if (!response.ok && !alsoStatus.includes(response.status)) {
    throw createError('FETCH_FAILED', host, `it answered with the status ${response.status}`);
  }
  const checked = schema.safeParse(parse(await response.text(), host));
  if (checked.success) return checked.data;
  throw createError('FETCH_FAILED', host, `its answer is not as expected (${firstIssue(checked.error)})`);
}

function asking(given: RequestInit['headers']): Headers {
  const headers = new Headers(given);
  if (!headers.has('accept')) headers.set('accept', 'application/json');
  return headers;
}

function parse(text: string, host: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What a syntax error quotes is the other side's text, of any length.
    throw createError('FETCH_FAILED', host, 'its answer is no JSON');
  }
}

function firstIssue({ issues: [issue] }: z.ZodError): string {
  const path = issue?.path.map(String).join('.') ?? '';
  return `${path === '' ? '' : `${path}: `}${issue?.message}`;
}
