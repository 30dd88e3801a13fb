/*
 * How to add an endpoint. `endpoint({ … })` takes its method and path. `place` (see route-params.ts) turns
 * the ids of the path into what they stand for, or answers 404. `body` is a zod object from src/api. It
 * defines the checks (422), the type of `call.body`, what clients send, and the documentation. `handle` calls
 * one use case, which checks permissions (403) and rules, and passes its result to the presenter of the
 * resource (presenters/*.ts). `answer` is the schema from src/api that types the presenter and the clients.
 * Errors become answers automatically (error-answers.ts). `guard` is for the rare permission that is checked
 * before the body. `limit` is for messages and files. Add a list of endpoints to routes/index.ts.
 */

import { z } from 'zod';
import { botBody, botSchema, shownBotSchema } from '../../api/bot.ts';
import { archiveBot } from '../../services/bots/archive-bot.ts';
import { botView, viewBot, viewBots } from '../../services/bots/bot-views.ts';
import { createBot } from '../../services/bots/create-bot.ts';
import { updateBot } from '../../services/bots/update-bot.ts';
import { type Endpoint, endpoint, type HttpApp } from '../endpoint.ts';
import { presentBot, presentBotWithActions } from '../presenters/bot.ts';
import { botParams, threadParams } from '../route-params.ts';

const fieldsOf = ({ hide_actions: hideActions, ...fields }: z.output<typeof botBody>) => ({
  ...fields,
  hideActions,
});

/** The bots of a thread. */
export function botEndpoints(app: HttpApp): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/threads/:thread/bots',
      summary: 'The bots of a group',
      place: threadParams,
      answer: z.array(botSchema),
      handle: async ({ user, place }) =>
        (await viewBots(app, place.thread, user)).map((view) => presentBot(view)),
    }),
    endpoint({
      method: 'GET',
      path: '/threads/:thread/bots/:bot',
      summary: 'A bot, with its actions for those who may see them',
      place: botParams,
      answer: shownBotSchema,
      async handle({ user, place }) {
        const { view, seesActions } = await viewBot(app, { thread: place.thread, user, bot: place.bot });
        return seesActions ? presentBotWithActions(view) : presentBot(view);
      },
    }),
    endpoint({
      method: 'POST',
      path: '/threads/:thread/bots',
      summary: 'Create a bot',
      place: threadParams,
      body: botBody,
      status: 201,
      answer: botSchema,
      async handle({ user, place, body }) {
        const bot = await createBot(app, { thread: place.thread, user, fields: fieldsOf(body) });
        return presentBot(await botView(app, bot));
      },
    }),
    endpoint({
      method: 'PUT',
      path: '/threads/:thread/bots/:bot',
      summary: 'Change a bot',
      place: botParams,
      body: botBody,
      answer: botSchema,
      async handle({ user, place: { thread, bot }, body }) {
        const updated = await updateBot(app, { thread, user, bot, fields: fieldsOf(body) });
        return presentBot(await botView(app, updated));
      },
    }),
    endpoint({
      method: 'DELETE',
      path: '/threads/:thread/bots/:bot',
      summary: 'Remove a bot',
      place: botParams,
      status: 204,
      handle: ({ user, place: { thread, bot } }) => archiveBot(app, { thread, user, bot }),
    }),
  ];
}
