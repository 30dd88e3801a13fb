import { limitedFetch } from '../../authoring/limited-fetch.ts';
import { messageOf } from '../../base/errors.ts';
import type { HttpAnswer, HttpRequest } from '../../domain/outside.ts';
import type { Network } from './outside.ts';

/** A request that was sent, and its answer, or why there was none. */
export type Exchange = { request: HttpRequest } & ({ answer: HttpAnswer } | { failure: string });

/** Recorded answers are kept as a whole: the largest one in bytes, and the milliseconds in which it must arrive. */
const maxBytes = 16 * 1024 * 1024;
const timeout = 300_000;

/** Headers about how an answer was transported, which is not how it is kept. */
const transport: readonly string[] = [
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'transfer-encoding',
];

/**
 * Sends the requests of handlers to the network, and reports each with its answer or its failure. One that the handler
 * gives up is not reported.
 *
 * @example context.outside.use(thread.id, { network: recordNetwork((exchange) => exchanges.push(exchange)) })
 */
export function recordNetwork(onExchange: (exchange: Exchange) => void): Network {
  return {
    isRecording: true,
    answer: async (request, signal) => {
      try {
        const answer = await send(request, signal);
        onExchange({ request, answer });
        return answer;
      } catch (error) {
        if (!signal.aborted) onExchange({ request, failure: messageOf(error) });
        throw error;
      }
    },
  };
}

async function send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  const { method, url, headers, body, redirect } = request;
  const { host: _, ...rest } = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !transport.includes(name)),
  );
  const init = { method, headers: rest, redirect, body: body && new Uint8Array(body) };
  return plainAnswer(await limitedFetch(url, { milliseconds: timeout, maxBytes, signal, errors }, init));
}

const errors = {
  timedOut: () => new Error(`there was no whole answer within ${timeout / 1000} seconds`),
  tooLarge: () =>
    new Error(`the answer is larger than ${maxBytes / 1024 / 1024} MB, the most that is recorded`),
  failed: (reason: string, cause: unknown) => new Error(reason, { cause }),
};

/** A response as plain data. */
export async function plainAnswer(response: Response): Promise<HttpAnswer> {
  const headers = [...response.headers].filter(([name]) => !transport.includes(name));
  return {
    status: response.status,
    headers: Object.fromEntries(headers),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}
