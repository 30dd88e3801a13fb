import { messageOf } from '../../base/errors.ts';
import type { HttpAnswer, HttpRequest } from '../../domain/outside.ts';
import type { Network } from './outside.ts';

/** A request that was sent, and its answer. */
export interface Exchange {
  request: HttpRequest;
  answer: HttpAnswer;
}

/** Headers about how an answer was transported, which is not how it is kept. */
const transport: readonly string[] = [
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'transfer-encoding',
];

/**
 * Sends the requests of handlers to the network, and reports each with its answer.
 *
 * @example context.outside.use(thread.id, { network: recordNetwork((exchange) => exchanges.push(exchange)) })
 */
export function recordNetwork(onExchange: (exchange: Exchange) => void): Network {
  return {
    isRecording: true,
    answer: async (request, signal) => {
      const answer = await send(request, signal);
      onExchange({ request, answer });
      return answer;
    },
  };
}

async function send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  const { method, url, headers, body, redirect } = request;
  const { host: _, ...rest } = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !transport.includes(name)),
  );
  const init = { method, headers: rest, redirect, signal, body: body && new Uint8Array(body) };
  try {
    return await plainAnswer(await fetch(url, init));
  } catch (error) {
    // The message of fetch only says that it failed.
    throw new Error(messageOf(error instanceof Error ? (error.cause ?? error) : error), { cause: error });
  }
}

/** A response as plain data. */
export async function plainAnswer(response: Response): Promise<HttpAnswer> {
  const headers = [...response.headers].filter(([name]) => !transport.includes(name));
  return {
    status: response.status,
    headers: Object.fromEntries(headers),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}
