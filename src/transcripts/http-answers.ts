import { parseDocument } from 'yaml';
import { z } from 'zod';
import { containsInOrder } from '../base/contains-in-order.ts';
import { createError } from '../base/errors.ts';
import { hidden } from '../base/redact.ts';
import type { HttpAnswer } from '../domain/outside.ts';
import type { Network } from '../services/outside/outside.ts';
import type { HttpExchange } from './http-exchange.ts';

const exchanges = z.array(
  z
    .strictObject({
      request: z.string(),
      failure: z.coerce.string().optional(),
      status: z.int().optional(),
      headers: z.record(z.string(), z.coerce.string()).default({}),
      text: z.coerce.string().optional(),
      base64: z.string().optional(),
    })
    .refine(({ failure, status }) => (failure === undefined) !== (status === undefined), {
      message: 'each request needs the status of its answer, or the failure that it ended with',
    }),
);

/**
 * Reads recorded answers.
 *
 * @throws TRANSCRIPT_INVALID
 */
export function readHttpAnswers(text: string, shown: string): HttpExchange[] {
  const document = parseDocument(text, { schema: 'core' });
  const { data, error } = exchanges.safeParse(document.toJS() ?? []);
  const [problem] = [...document.errors, ...(error?.issues ?? [])];
  if (problem || data === undefined) throw createError('TRANSCRIPT_INVALID', shown, problem?.message ?? '');
  return data;
}

/**
 * Answers requests as they were answered when a transcript was recorded: those with the same method and URL in their
 * order, and the last one again. Nothing is sent.
 *
 * @param shown the path of the file, for the error of a request that has no answer
 * @throws REQUEST_UNANSWERED from `answer`
 */
export function recordedNetwork(recorded: readonly HttpExchange[], shown: string): Network {
  const left = [...recorded];
  return {
    answer: async ({ method, url }) => {
      const fits = left.filter(({ request }) => isRequest(request, `${method} ${url}`));
      const [first, ...others] = fits;
      if (first === undefined) throw createError('REQUEST_UNANSWERED', method, url, adviceFor(shown));
      if (others.length > 0) left.splice(left.indexOf(first), 1);
      return answerOf(first);
    },
  };
}

const adviceFor = (shown: string): string =>
  `Record the transcript again, or write the answer into ${shown}.`;

/** Hidden secrets may be anything. */
const isRequest = (recorded: string, request: string): boolean =>
  containsInOrder(request, recorded.split(hidden));

/** @throws the failure of the request, where it had no answer */
function answerOf({ failure, status = 200, headers = {}, text = '', base64 }: HttpExchange): HttpAnswer {
  if (failure !== undefined) throw new Error(failure);
  const body = base64 === undefined ? new TextEncoder().encode(text) : Buffer.from(base64, 'base64');
  return { status, headers, body };
}
