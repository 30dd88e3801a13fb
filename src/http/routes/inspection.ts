import { z } from 'zod';
import { actionSchema, writtenActionBody } from '../../api/action.ts';
import { handlerFormSchema } from '../../api/handler.ts';
import { failedRunSchema, verdictsSchema } from '../../api/run.ts';
import { invalidInput, MessengerError } from '../../base/errors.ts';
import { attachDefaults } from '../../domain/bot-action.ts';
import { clearCooldownsAs } from '../../services/answering/clear-cooldowns.ts';
import { messageVerdicts } from '../../services/answering/message-verdicts.ts';
import { attachAction } from '../../services/bots/attach-action.ts';
import { actionView } from '../../services/bots/bot-views.ts';
import { retryInThread, threadFailures } from '../../services/failed-runs/thread-failures.ts';
import { handlerForm } from '../../services/handlers/handler-form.ts';
import { atMessage } from '../conversation-params.ts';
import { type Endpoint, endpoint, type HttpApp, type PathIds } from '../endpoint.ts';
import { HandlerFault } from '../error-answers.ts';
import { presentAction } from '../presenters/action.ts';
import { presentFailedRun } from '../presenters/failed-run.ts';
import { presentHandlerForm } from '../presenters/handler-form.ts';
import { presentVerdicts } from '../presenters/verdicts.ts';
import { botParams, threadParams } from '../route-params.ts';

/** A handler and a bot, as named by a path. */
const handlerParams = async (app: HttpApp, ids: PathIds) => ({
  ...(await botParams(app, ids)),
  alias: ids.handler ?? '',
});

/**
 * Takes parameters as they are: unlike in other bodies, an empty text is a value.
 *
 * @throws INVALID_INPUT
 */
function readWritten(input: unknown): z.output<typeof writtenActionBody> {
  const { data } = writtenActionBody.safeParse(input);
  if (data) return data;
  throw invalidInput({ values: ['The values field must be an object, and so must the texts field.'] });
}

/** @throws HandlerFault */
function showHandlerFault(error: unknown): never {
  const isFault = error instanceof MessengerError && error.status >= 500 && error.code.startsWith('HANDLER_');
  throw isFault ? new HandlerFault(error) : error;
}

/** Information for authors of bots that the original does not offer. */
export function inspectionEndpoints(app: HttpApp): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/threads/:thread/messages/:message/verdicts',
      summary: 'What each action made of a message',
      place: atMessage,
      answer: verdictsSchema,
      handle: async ({ user, place: { thread, message } }) =>
        presentVerdicts(await messageVerdicts(app, { thread, user, message })),
    }),
    endpoint({
      method: 'GET',
      path: '/threads/:thread/bots/:bot/add-handlers/:handler',
      summary: 'The inputs with which a handler is attached',
      place: handlerParams,
      answer: handlerFormSchema,
      handle: async ({ user, place: { thread, alias } }) =>
        presentHandlerForm(await handlerForm(app, { thread, user, alias })),
    }),
    endpoint({
      method: 'POST',
      path: '/threads/:thread/bots/:bot/add-handlers/:handler',
      summary: 'Attach a handler with parameters as a person writes them',
      place: handlerParams,
      described: writtenActionBody,
      status: 201,
      answer: actionSchema,
      async handle({ user, place: { thread, bot, alias }, input }) {
        const { values, texts } = readWritten(input);
        const params = { ...attachDefaults, ...values };
        const attachment = { thread, bot, user, handler: alias, params, texts };
        const action = await attachAction(app, attachment).catch(showHandlerFault);
        return presentAction(await actionView(app, bot, action));
      },
    }),
    endpoint({
      method: 'GET',
      path: '/threads/:thread/failed-runs',
      summary: 'The answers of bots that failed last',
      place: threadParams,
      answer: z.array(failedRunSchema),
      handle: async ({ user, place: { thread } }) =>
        (await threadFailures(app, thread, user)).map((report) => presentFailedRun(report)),
    }),
    endpoint({
      method: 'POST',
      path: '/threads/:thread/failed-runs/:run/retry',
      summary: 'Let a bot answer again',
      place: async (context, ids) => ({ ...(await threadParams(context, ids)), run: ids.run ?? '' }),
      status: 204,
      handle: ({ user, place: { thread, run } }) => retryInThread(app, { thread, user, id: run }),
    }),
    endpoint({
      method: 'DELETE',
      path: '/threads/:thread/cooldowns',
      summary: 'Let every bot and action act again at once',
      place: threadParams,
      status: 204,
      handle: ({ user, place: { thread } }) => clearCooldownsAs(app, thread, user),
    }),
  ];
}
