import { z } from 'zod';
import { containsInOrder } from '../../base/contains-in-order.ts';
import { createError } from '../../base/errors.ts';
import type { HttpAnswer, HttpRequest } from '../../domain/outside.ts';
import type { Network } from './outside.ts';
import { plainAnswer } from './record-network.ts';

/** The answer to a request: a text, or a status, headers and a body. */
type NetworkAnswer =
  | string
  | Response
  | {
      /** 200 if left out. */
      status?: number;
      headers?: Record<string, string>;
      /** A body that is sent as JSON. */
      json?: unknown;
      body?: string | Uint8Array;
    };

/**
 * Answers to the requests of handlers. A key is a URL, in which `*` stands for any characters, after a method if only
 * that is meant. The first that fits is used.
 *
 * @example
 * ({
 *   'https://api.example.com/fact': 'Octopuses have three hearts.',
 *   'POST https://api.example.com/*': { status: 201, json: { id: 1 } },
 *   'https://example.com/echo?*': (request) => new URL(request.url).search,
 * })
 */
export type NetworkTable = Readonly<
  Record<string, NetworkAnswer | ((request: Request) => NetworkAnswer | Promise<NetworkAnswer>)>
>;

interface Row {
  key: string;
  method: string | undefined;
  /** The URL, in pieces between which any characters may stand. */
  url: readonly string[];
  answer: NetworkTable[string];
}

/**
 * Answers requests by a table. Nothing is sent.
 *
 * @param advice how to add an answer, for the error of a request that has none
 * @throws NETWORK_TABLE_INVALID, NETWORK_ANSWER_INVALID; from `answer`, REQUEST_UNANSWERED, NETWORK_ANSWER_INVALID
 */
export function tableNetwork(table: NetworkTable, advice: (key: string) => string): Network {
  const rows = Object.entries(table).map(([key, answer]) => rowOf(key, answer));
  return {
    answer: async (request) => {
      const url = withoutFragment(request.url);
      const row = rows.find(
        (each) => containsInOrder(url, each.url) && (each.method ?? request.method) === request.method,
      );
      if (row === undefined) throw createError('REQUEST_UNANSWERED', request.method, url, advice(url));
      const { key, answer } = row;
      return answerOf(key, typeof answer === 'function' ? await answer(webRequest(request)) : answer);
    },
  };
}

function rowOf(key: string, answer: NetworkTable[string]): Row {
  const { method, url = '' } = /^(?:(?<method>[A-Za-z]+) +)?(?<url>\S+)$/.exec(key)?.groups ?? {};
  if (!/^(?:\*|https?:)/.test(url)) throw createError('NETWORK_TABLE_INVALID', key);
  if (typeof answer !== 'function') assertAnswer(key, answer);
  const literal = url.includes('*') || !URL.canParse(url) ? url : withoutFragment(url);
  return { key, method: method?.toUpperCase(), url: literal.split('*'), answer };
}

/** As requests have it: with a path, and without what servers never see. */
function withoutFragment(url: string): string {
  const parsed = new URL(url);
  parsed.hash = '';
  return parsed.href;
}

const webRequest = ({ method, url, headers, body }: HttpRequest): Request =>
  new Request(url, { method, headers, body: body && new Uint8Array(body) });

/** Authors may return anything from a function. @throws NETWORK_ANSWER_INVALID */
function assertAnswer(key: string, answer: unknown): asserts answer is NetworkAnswer {
  if (typeof answer === 'string' || answer instanceof Response) return;
  const [issue] = describedAnswer.safeParse(answer).error?.issues ?? [];
  if (issue)
    throw createError('NETWORK_ANSWER_INVALID', key, issue.path.map(String).join('.'), issue.message);
}

const describedAnswer = z.strictObject({
  status: z.int().min(200).max(599).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  json: z.unknown().optional(),
  body: z.union([z.string(), z.instanceof(Uint8Array)]).optional(),
});

/** @throws NETWORK_ANSWER_INVALID */
async function answerOf(key: string, answer: unknown): Promise<HttpAnswer> {
  assertAnswer(key, answer);
  // It may be the answer to many requests, and can be read once.
  if (answer instanceof Response) return plainAnswer(answer.clone());
  if (typeof answer === 'string') return plainAnswer(new Response(answer));
  const { status = 200, headers, json, body } = answer;
  const type = json === undefined ? {} : { 'content-type': 'application/json' };
  const sent = json === undefined ? body : JSON.stringify(json);
  const bytes = typeof sent === 'string' ? new TextEncoder().encode(sent) : (sent ?? new Uint8Array());
  return { status, headers: { ...type, ...lowerCase(headers) }, body: bytes };
}

const lowerCase = (headers: Record<string, string> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
