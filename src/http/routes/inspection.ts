import { handlerForm } from '../../services/handler-form.ts';
import { messageVerdicts } from '../../services/message-verdicts.ts';
import { atMessage } from '../conversation-places.ts';
import { type Endpoint, endpoint, type HttpApp } from '../endpoint.ts';
import { atBot } from '../places.ts';
import { handlerFormSchema, presentHandlerForm } from '../presenters/handler-form.ts';
import { presentVerdicts, verdictsSchema } from '../presenters/verdicts.ts';
import { writing } from '../writing.ts';

/** What authors of bots want to know, beyond what the original answers. */
export function inspectionEndpoints(app: HttpApp): Endpoint[] {
  const write = writing(app.settings.http);
  return [
    endpoint({
      method: 'GET',
      path: '/threads/:thread/messages/:message/verdicts',
      summary: 'What each action made of a message',
      place: atMessage,
      answer: verdictsSchema,
      handle: async ({ user, place: { thread, message } }) =>
        presentVerdicts(await messageVerdicts(app, thread, user, message), write),
    }),
    endpoint({
      method: 'GET',
      path: '/threads/:thread/bots/:bot/add-handlers/:handler',
      summary: 'The inputs with which a handler is attached',
      place: async (services, ids) => ({ ...(await atBot(services, ids)), alias: ids.handler ?? '' }),
      answer: handlerFormSchema,
      handle: async ({ user, place: { thread, alias } }) =>
        presentHandlerForm(await handlerForm(app, thread, user, alias)),
    }),
  ];
}
