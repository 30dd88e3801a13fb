import { z } from 'zod';
import {
  actionBody,
  actionSchema,
  handlerChoiceBody,
  newActionBody,
  writtenActionBody,
} from '../../api/action.ts';
import { handlerSchema } from '../../api/handler.ts';
import { invalidInput, MessengerError } from '../../base/errors.ts';
import { isRecord } from '../../base/is-record.ts';
import { attachDefaults } from '../../domain/bot-action.ts';
import type { User } from '../../domain/user.ts';
import { isMissing } from '../../domain/validation/validate.ts';
import { attachAction } from '../../services/bots/attach-action.ts';
import { availableHandlers } from '../../services/bots/available-handlers.ts';
import { checkBotManager } from '../../services/bots/bot-rights.ts';
import { actionView, viewAction, viewActions } from '../../services/bots/bot-views.ts';
import { changeParameters } from '../../services/bots/change-parameters.ts';
import { detachAction } from '../../services/bots/detach-action.ts';
import { updateAction } from '../../services/bots/update-action.ts';
import { checkedBody } from '../body.ts';
import { type Endpoint, endpoint, type HttpApp } from '../endpoint.ts';
import { HandlerFault } from '../error-answers.ts';
import { presentAction } from '../presenters/action.ts';
import { presentHandler } from '../presenters/handler.ts';
import { actionParams, type BotParams, botParams, handlerParams } from '../route-params.ts';

/** The parameters of an action. Triggers must be a list here. Only the command line accepts a single text. */
function parameters(body: unknown): Record<string, unknown> {
  const { triggers, ...others } = isRecord(body) ? body : {};
  const isList = Array.isArray(triggers) || isMissing(triggers);
  return { ...others, triggers: isList ? triggers : false };
}

/**
 * Takes parameters as they are: unlike in other bodies, an empty text is a value.
 *
 * @throws INVALID_INPUT
 */
function readWritten(input: unknown): z.output<typeof writtenActionBody> {
  const body = isRecord(input) ? input : {};
  const { success, error } = writtenActionBody.safeParse(body);
  // Not what zod returns, which lacks a key `__proto__`: as a parameter it is unknown, and must be reported.
  if (success) return body as z.output<typeof writtenActionBody>;
  const errors = error.issues.map(({ path }) => {
    const field = path.join('.');
    return [field, [`The ${field} field must be ${path.length > 1 ? 'a string' : 'an object'}.`]];
  });
  throw invalidInput(Object.fromEntries(errors));
}

/** @throws HandlerFault */
function showHandlerFault(error: unknown): never {
  const isFault = error instanceof MessengerError && error.status >= 500 && error.code.startsWith('HANDLER_');
  throw isFault ? new HandlerFault(error) : error;
}

/** Rejects those who may not attach handlers before anything in the body is checked. */
const attachGuard =
  (app: HttpApp) =>
  ({ user, place: { thread } }: { user: User; place: BotParams }) =>
    checkBotManager(app, { thread, user, errorMessage: 'Not authorized add bot actions.' });

/** The handlers that can be attached to a bot. */
const handlerEndpoints = (app: HttpApp): Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/threads/:thread/bots/:bot/add-handlers',
    summary: 'The handlers that can be attached',
    place: botParams,
    answer: z.array(handlerSchema),
    handle: async ({ user, place }) => (await availableHandlers(app, place.thread, user)).map(presentHandler),
  }),
  endpoint({
    method: 'POST',
    path: '/threads/:thread/bots/:bot/add-handlers/:handler',
    summary: 'Attach a handler with its parameters as text',
    place: handlerParams,
    guard: attachGuard(app),
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
];

/** Endpoints that read the actions of a bot. */
function actionReaders(app: HttpApp): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/threads/:thread/bots/:bot/actions',
      summary: 'The actions of a bot',
      place: botParams,
      answer: z.array(actionSchema),
      handle: async ({ user, place: { thread, bot } }) =>
        (await viewActions(app, { thread, user, bot })).map((view) => presentAction(view)),
    }),
    endpoint({
      method: 'GET',
      path: '/threads/:thread/bots/:bot/actions/:action',
      summary: 'An action of a bot',
      place: actionParams,
      answer: actionSchema,
      handle: async ({ user, place }) => presentAction(await viewAction(app, { ...place, user })),
    }),
  ];
}

/** Endpoints that change the actions of a bot. */
function actionWriters(app: HttpApp): Endpoint[] {
  const handlers = () => app.catalogue.registered().map(({ alias }) => alias);
  return [
    endpoint({
      method: 'POST',
      path: '/threads/:thread/bots/:bot/actions',
      summary: 'Attach a handler',
      place: botParams,
      guard: attachGuard(app),
      described: newActionBody,
      status: 201,
      answer: actionSchema,
      async handle({ user, place: { thread, bot }, input }) {
        // An unknown handler may be in a file that is still being loaded.
        if (!handlerChoiceBody(handlers()).safeParse(input).success) await app.catalogue.whenLoaded();
        const { handler } = checkedBody(handlerChoiceBody(handlers()), input);
        const params = parameters(input);
        const action = await attachAction(app, { thread, bot, user, handler, params });
        return presentAction(await actionView(app, bot, action));
      },
    }),
    endpoint({
      method: 'PUT',
      path: '/threads/:thread/bots/:bot/actions/:action',
      summary: 'Change an action',
      place: actionParams,
      described: actionBody,
      answer: actionSchema,
      async handle({ user, place, input }) {
        const action = await updateAction(app, { ...place, user, params: parameters(input) });
        return presentAction(await actionView(app, place.bot, action));
      },
    }),
    endpoint({
      method: 'PUT',
      path: '/threads/:thread/bots/:bot/actions/:action/parameters',
      summary: 'Change some parameters of an action, given as text',
      place: actionParams,
      guard: ({ user, place: { thread } }) =>
        checkBotManager(app, { thread, user, errorMessage: 'Not authorized to update bot action.' }),
      described: writtenActionBody,
      answer: actionSchema,
      async handle({ user, place, input }) {
        const action = await changeParameters(app, { ...place, user, ...readWritten(input) });
        return presentAction(await actionView(app, place.bot, action));
      },
    }),
    endpoint({
      method: 'DELETE',
      path: '/threads/:thread/bots/:bot/actions/:action',
      summary: 'Detach a handler',
      place: actionParams,
      status: 204,
      handle: ({ user, place }) => detachAction(app, { ...place, user }),
    }),
  ];
}

/** The handlers and actions of a bot. */
export const botActionEndpoints = (app: HttpApp): Endpoint[] => [
  ...handlerEndpoints(app),
  ...actionReaders(app),
  ...actionWriters(app),
];
